import type { Knob } from '../../engine/knobs/knobs.js';
import { columnMeans, moved, timesOf } from '../../engine/knobs/steered.js';
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

/** What is measured on are other blocks than those that knobs are looked for on. */
const PURPOSES = ['search', 'measure', 'pairs', 'trials'] as const;

const seedFor = (seed: Seed, purpose: (typeof PURPOSES)[number]): Seed => deriveSeed(seed, PURPOSES.indexOf(purpose));
/** Chances of a step, for its part number `part`. */
export const chancesFor = (seed: Seed, purpose: (typeof PURPOSES)[number], part: number): Random =>
  randomFrom(deriveSeed(deriveSeed(seedFor(seed, purpose), -2), part));

export async function drawBlocks(
  instrument: Instrument,
  seed: Seed,
  purpose: 'search' | 'measure',
  count: number,
): Promise<readonly DrawnBlock[]> {
  const blocks: DrawnBlock[] = [];
  for (let i = 0; i < count; i++) {
    const { latent, reading } = await instrument.draw(deriveSeed(seedFor(seed, purpose), i));
    blocks.push({ latent, means: columnMeans(latent), reading });
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
