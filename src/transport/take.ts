import type { Latent } from '../music/latent.js';
import type { Preset } from '../music/preset.js';
import { deriveSeed, type Seed } from '../music/random.js';
import { TICKS_PER_BLOCK, type Tick, tick } from '../music/units.js';

/** All that decides what is played where: the notes at any position follow from it. */
export interface Take {
  /** Tells takes apart; goes up by one at each change. */
  readonly id: number;
  /** Which model draws it: its number in the order in which models were chosen, 0 for the one there from the start. */
  readonly model: number;
  readonly preset: Preset;
  readonly seed: Seed;
  /** When given, every block is drawn from it. */
  readonly latent: Latent | null;
  /** The bar line on which block 0 begins. */
  readonly anchor: Tick;
}

/** Which block of the take plays at a tick. */
export const blockIndex = (take: Take, at: Tick): number => Math.floor((at - take.anchor) / TICKS_PER_BLOCK);

export const blockStart = (take: Take, index: number): Tick => tick(take.anchor + index * TICKS_PER_BLOCK);

/** Block 0 has the take's own seed, so that the seed of any block, set as a take's, plays that block first. */
export const blockSeed = (take: Take, index: number): Seed => (index === 0 ? take.seed : deriveSeed(take.seed, index));

/** No block has this index: the longest song position is 64 blocks. */
const FURTHER = 0x7fff_ffff;

/** The seed of the take that `next` goes to. */
export const furtherSeed = (from: Seed): Seed => deriveSeed(from, FURTHER);
