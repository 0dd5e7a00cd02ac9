import type { Preset } from '../music/preset.js';
import { deriveSeed, type Seed } from '../music/random.js';
import type { Theme } from '../music/sketch.js';
import { TICKS_PER_BLOCK, type Tick, tick } from '../music/units.js';

/** All that decides what is played where: the notes at any position follow from it. */
export interface Take {
  /** Tells takes apart; goes up by one at each change. */
  readonly id: number;
  /** Which model draws it: its number in the order in which models were chosen, 0 for the one there from the start. */
  readonly model: number;
  readonly preset: Preset;
  readonly seed: Seed;
  /** What stays from block to block on top of what the preset keeps; null: nothing. */
  readonly theme: Theme | null;
  /** Away from the preset, to others. */
  readonly morph: Morph | null;
  /** The bar line on which block 0 begins. */
  readonly anchor: Tick;
}

export type Morph =
  /** 0 is the take's preset, 1 the other. */
  | { readonly kind: 'line'; readonly to: Preset; readonly x: number }
  /** A square with the take's preset at 0, 0; `right` at 1, 0; `up` at 0, 1; `far` at 1, 1. */
  | {
      readonly kind: 'square';
      readonly right: Preset;
      readonly up: Preset;
      readonly far: Preset;
      readonly x: number;
      readonly y: number;
    }
  /** Evenly from one place in the song to another; it stays there. */
  | { readonly kind: 'glide'; readonly to: Preset; readonly from: Tick; readonly until: Tick };

/** Which block of the take plays at a tick. */
export const blockIndex = (take: Take, at: Tick): number => Math.floor((at - take.anchor) / TICKS_PER_BLOCK);

export const blockStart = (take: Take, index: number): Tick => tick(take.anchor + index * TICKS_PER_BLOCK);

/** Block 0 has the take's own seed, so that the seed of any block, set as a take's, plays that block first. */
export const blockSeed = (from: Seed, index: number): Seed => (index === 0 ? from : deriveSeed(from, index));

/** No block has this index: the longest song position is 64 blocks. */
const FURTHER = 0x7fff_ffff;

/** The seed of the take that `next` goes to. */
export const furtherSeed = (from: Seed): Seed => deriveSeed(from, FURTHER);
