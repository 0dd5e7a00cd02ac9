import { columnMeans, moved, timesOf } from '../../engine/knobs/steered.js';
import type { Knob } from '../../engine/knobs/knobs.js';
import type { Latent } from '../../music/latent.js';
import { deriveSeed, type Random, randomFrom, type Seed } from '../../music/random.js';
import type { Instrument } from './instrument.js';
import type { Reading } from './spread.js';

/** A drawn block, before any knob. */
export interface DrawnBlock {
  readonly latent: Latent;
  readonly means: Float64Array;
  /** Null: silent. */
  readonly reading: Reading | null;
}

/** What a knob does to a latent. */
export type Steering = Pick<Knob, 'move' | 'level' | 'ends'>;

/** No step of the search sees the blocks or the chances of another, nor any of them those of the measurement. */
export const PURPOSES = ['blocks', 'pairs', 'trials', 'ends', 'measure'] as const;
export type Purpose = (typeof PURPOSES)[number];

const seedFor = (seed: Seed, purpose: Purpose): Seed => deriveSeed(seed, PURPOSES.indexOf(purpose));
/** Chances of a step, for its part number `part`. */
export const chancesFor = (seed: Seed, purpose: Purpose, part: number): Random =>
  randomFrom(deriveSeed(deriveSeed(seed, PURPOSES.length + PURPOSES.indexOf(purpose)), part));

export async function drawBlocks(
  instrument: Instrument,
  seed: Seed,
  purpose: Purpose,
  count: number,
): Promise<readonly DrawnBlock[]> {
  const blocks: DrawnBlock[] = [];
  for (let i = 0; i < count; i++) {
    const latent = await instrument.latent(deriveSeed(seedFor(seed, purpose), i));
    blocks.push({ latent, means: columnMeans(latent), reading: await instrument.read(latent) });
  }
  return blocks;
}

/** The readings of the blocks that have notes. */
export const readingsOf = (blocks: readonly { readonly reading: Reading | null }[]): Reading[] =>
  blocks.flatMap(({ reading }) => (reading === null ? [] : [reading]));

/** A block with a knob at a value. */
export const readTurned = (
  instrument: Instrument,
  { latent, means }: DrawnBlock,
  knob: Steering,
  value: number,
): Promise<Reading | null> =>
  instrument.read(moved(latent, means, [{ move: knob.move, times: timesOf(knob, value, means) }]));
