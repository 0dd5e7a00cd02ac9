import type { SmfNote } from './smf.js';

/** A planned note beside the one that was recorded for it. */
export interface Pair {
  readonly planned: SmfNote;
  readonly recorded: SmfNote;
}

/**
 * Pairs what was recorded with the plan: the nth of each pitch with the nth of that pitch. Throws a sentence where
 * something was recorded that the plan lacks, twice, with another velocity, or before what the plan has before it;
 * and where a planned note that begins before `until` is missing. The recording may end anywhere after.
 */
export function pairUp(planned: readonly SmfNote[], recorded: readonly SmfNote[], until: number): readonly Pair[] {
  const rest = new Map<number, SmfNote[]>();
  for (const note of planned) rest.set(keyOf(note), [...(rest.get(keyOf(note)) ?? []), note]);
  const pairs = recorded.map((note) => {
    const next = rest.get(keyOf(note))?.shift();
    if (next === undefined) throw new Error(`${tell(note)} was recorded, but is not planned`);
    if (next.velocity !== note.velocity) throw new Error(`${tell(note)} is planned with velocity ${next.velocity}`);
    return { planned: next, recorded: note };
  });
  const missing = [...rest.values()].flat().find((note) => note.on < until);
  if (missing !== undefined) throw new Error(`${tell(missing)} is planned, but was not recorded`);
  let latest: Pair | null = null;
  for (const pair of pairs) {
    if (latest !== null && latest.planned.on > pair.planned.on && latest.recorded.on < pair.recorded.on) {
      throw new Error(`${tell(pair.recorded)} was recorded after ${tell(latest.recorded)}, but is planned before it`);
    }
    if (latest === null || latest.planned.on < pair.planned.on) latest = pair;
  }
  return pairs;
}

const keyOf = (note: SmfNote): number => note.channel * 128 + note.pitch;
const tell = (note: SmfNote): string => `pitch ${note.pitch} at tick ${note.on} (velocity ${note.velocity})`;

/** The straight line from planned to recorded ticks that fits the onsets best: where the take began, and how fast it went. */
export function fitOf(pairs: readonly Pair[]): (tick: number) => number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const x = mean(pairs.map(({ planned }) => planned.on));
  const y = mean(pairs.map(({ recorded }) => recorded.on));
  const slope =
    mean(pairs.map(({ planned, recorded }) => (planned.on - x) * (recorded.on - y))) /
    mean(pairs.map(({ planned }) => (planned.on - x) ** 2));
  return (tick) => y + slope * (tick - x);
}
