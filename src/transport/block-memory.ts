import type { Block } from '../music/block.js';

/** Blocks drawn lately, so that a loop or a rewind need not wait for a draw. The newest last. */
export type BlockMemory = readonly Known[];

export interface Known {
  readonly take: number;
  readonly index: number;
  /** As it is played, with the feel of its preset. */
  readonly block: Block;
  /** It was drawn under other chords than those that hold by now: it plays until it is drawn again. */
  readonly stale: boolean;
}

/** 512 bars, 17 minutes at 120 BPM: longer than most songs, and a few megabytes. */
export const REMEMBERED = 32;

export const recall = (memory: BlockMemory, take: number, index: number): Block | null =>
  memory.find((known) => known.take === take && known.index === index)?.block ?? null;

/** Whether it is there, and need not be drawn again. */
export const isFresh = (memory: BlockMemory, take: number, index: number): boolean =>
  memory.some((known) => known.take === take && known.index === index && !known.stale);

/** Some of it is to be drawn again. */
export const staled = (memory: BlockMemory, isToBe: (known: Known) => boolean): BlockMemory =>
  memory.map((known) => (isToBe(known) ? { ...known, stale: true } : known));

/** In the place of the same block drawn before. */
export function remember(memory: BlockMemory, known: Known): BlockMemory {
  const others = memory.filter(({ take, index }) => take !== known.take || index !== known.index);
  return [...others.slice(1 - REMEMBERED), known];
}

/** Only what belongs to these takes. */
export const ofTakes = (memory: BlockMemory, takes: readonly number[]): BlockMemory =>
  memory.filter((known) => takes.includes(known.take));
