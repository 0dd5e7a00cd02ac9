import type { Seed } from '../../music/random.js';
import { chancesFor, type DrawnBlock, readingsOf, readTurned, type Steering } from './blocks.js';
import { changedEffect, type Effect, heardEffect, type Observation } from './effects.js';
import type { Instrument } from './instrument.js';
import { type Bounds, meanOf, numbersOf, type Reading } from './spread.js';
import { sharesOfWay } from './trial.js';
import type { Search } from './tune.js';

/** A knob as it was found, before and while it is measured. */
export interface Found {
  readonly trait: number;
  readonly steering: Steering;
}

export interface Observed extends Found {
  readonly seen: readonly Observation[];
  readonly silent: number;
}

export interface Measured extends Observed {
  readonly heard: Effect;
  readonly changed: Effect;
}

/** At most so often an end is taken back, and then it is where it is. */
const STEPS_BACK = 3;
/** An end that keeps more of its way than this stays. */
const KEPT = 0.99;

/** Takes the ends back until the means of the trait and of every statistic lie within their bounds at either. */
export async function withinBounds(search: Search, found: Found, blocks: readonly DrawnBlock[]): Promise<Found> {
  let { ends } = found.steering;
  const kept = [false, false];
  for (let step = 0; step < STEPS_BACK && kept.includes(false); step++) {
    const steering = { ...found.steering, ends };
    const next: [number, number] = [ends[0], ends[1]];
    for (const side of [0, 1]) {
      if (kept[side]) continue;
      const changes: Reading[] = [];
      for (const block of blocks) {
        const reading = await readTurned(search.instrument, block, steering, side === 0 ? -1 : 1);
        const { reading: before } = block;
        if (reading !== null && before !== null) changes.push(reading.map((x, k) => x - before[k]));
      }
      const share = sharesOfWay(changes, 1, search, found.trait);
      kept[side] = share > KEPT;
      if (!kept[side]) next[side] *= share;
    }
    ends = next;
  }
  return { ...found, steering: { ...found.steering, ends } };
}

/** Each block with the knob at a value by chance, from -1 to 1. */
export async function observe(
  instrument: Instrument,
  found: Found,
  blocks: readonly DrawnBlock[],
  seed: Seed,
): Promise<Observed> {
  const random = chancesFor(seed, 'measure', found.trait);
  const seen: Observation[] = [];
  let silent = 0;
  for (const block of blocks) {
    const value = 2 * random.uniform() - 1;
    const reading = await readTurned(instrument, block, found.steering, value);
    if (reading === null) silent++;
    else seen.push({ value, reading, before: block.reading });
  }
  return { ...found, seen, silent };
}

/** What each of some knobs does to its own trait and to those of the others. */
export function effectsOf(knobs: readonly Observed[]): readonly Measured[] {
  const traits = knobs.map(({ trait }) => trait);
  return knobs.map((knob) => ({
    ...knob,
    heard: heardEffect(knob.seen, knob.trait, traits),
    changed: changedEffect(knob.seen, knob.trait, traits),
  }));
}

export interface AtEnds {
  readonly at: readonly [number, number, number];
  readonly inside: readonly [number, number];
  readonly silent: number;
}

/** What a trait is at -1, 0 and 1, and how many blocks are within the bounds at either end. */
export async function lookAtEnds(
  instrument: Instrument,
  { trait, steering }: Found,
  blocks: readonly DrawnBlock[],
  { low, high }: Bounds,
): Promise<AtEnds> {
  const ends = [await readAt(instrument, steering, blocks, -1), await readAt(instrument, steering, blocks, 1)];
  const middle = meanOf(numbersOf(readingsOf(blocks))[trait]);
  const [down, up] = ends.map(({ readings }) =>
    readings.map((reading) => reading[trait]).filter((x) => !Number.isNaN(x)),
  );
  const inside = (values: readonly number[]): number =>
    values.filter((x) => x >= low[trait] && x <= high[trait]).length / values.length;
  return {
    at: [meanOf(down), middle, meanOf(up)],
    inside: [inside(down), inside(up)],
    silent: ends[0].silent + ends[1].silent,
  };
}

async function readAt(
  instrument: Instrument,
  steering: Steering,
  blocks: readonly DrawnBlock[],
  value: number,
): Promise<{ readonly readings: readonly Reading[]; readonly silent: number }> {
  const readings: Reading[] = [];
  for (const block of blocks) {
    const reading = await readTurned(instrument, block, steering, value);
    if (reading !== null) readings.push(reading);
  }
  return { readings, silent: blocks.length - readings.length };
}
