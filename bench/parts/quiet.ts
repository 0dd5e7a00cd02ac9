import type { Note } from '#daimon/music/note.js';
import { BARS_PER_BLOCK, TICKS_PER_BAR } from '#daimon/music/units.js';

/** How quiet a block is. */
export interface Quiet {
  readonly notes: number;
  /** Bars in which nothing begins and nothing sounds. */
  readonly emptyBars: number;
  /** The longest run of them. */
  readonly longestSilence: number;
}

export function quietOf(notes: readonly Note[]): Quiet {
  const isEmpty = Array.from({ length: BARS_PER_BLOCK }, (_, bar) => {
    const [from, to] = [bar * TICKS_PER_BAR, (bar + 1) * TICKS_PER_BAR];
    return !notes.some(({ onset, duration }) => onset < to && onset + duration > from);
  });
  let [run, longestSilence] = [0, 0];
  for (const empty of isEmpty) {
    run = empty ? run + 1 : 0;
    longestSilence = Math.max(longestSilence, run);
  }
  return { notes: notes.length, emptyBars: isEmpty.filter(Boolean).length, longestSilence };
}
