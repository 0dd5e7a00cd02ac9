import type { Block } from '../music/block.js';

/** Blocks drawn lately, so that a loop or a rewind need not wait for a draw. The newest last. */
export type BlockMemory = readonly Known[];

export interface Known {
  readonly take: number;
  readonly index: number;
  /** As it is played, with the feel of its preset. */
  readonly block: Block;
}

/** 512 bars, 17 minutes at 120 BPM: longer than most songs, and a few megabytes. */
export const REMEMBERED = 32;

export const recall = (memory: BlockMemory, take: number, index: number): Block | null =>
  memory.find((known) => known.take === take && known.index === index)?.block ?? null;

export const remember = (memory: BlockMemory, known: Known): BlockMemory => [...memory.slice(1 - REMEMBERED), known];

/** Only what belongs to these takes. */
export const ofTakes = (memory: BlockMemory, takes: readonly number[]): BlockMemory =>
  memory.filter((known) => takes.includes(known.take));
