import type { Tick } from '../music/units.js';

/** One channel message with its place in musical time. */
export interface Edge {
  readonly tick: Tick;
  /** MIDI status byte, channel included. */
  readonly status: number;
  readonly data1: number;
  readonly data2: number;
}

/**
 * Counts the moments at which everything planned so far became void (stop, jump, preset change). Whatever carries
 * an older epoch than the current one is stale: dropped, never played.
 */
export type Epoch = number & { readonly epoch: unique symbol };

export const FIRST_EPOCH = 0 as Epoch;
export const nextEpoch = (e: Epoch): Epoch => (e + 1) as Epoch;
