import type { Tick } from './units.js';

/** A note of a block. `onset` counts from the block's start; `Block` says where it may end. */
export interface Note {
  readonly onset: Tick;
  readonly duration: Tick;
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
  /** 1..127. */
  readonly velocity: number;
  /** 0..15. */
  readonly channel: number;
}

/** The order notes are kept in: by onset, then pitch, then channel. */
export const byOnset = (a: Note, b: Note): number => a.onset - b.onset || a.pitch - b.pitch || a.channel - b.channel;
