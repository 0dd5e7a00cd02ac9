import { STEPS_PER_BLOCK } from '../../music/units.js';
import { type GridNote, MIDI_PITCHES } from '../corpus/grid.js';

/** A block's onsets as cells of a roll. */
export type Onsets = Uint16Array;

export const onsetsOf = (notes: readonly GridNote[]): Onsets =>
  Uint16Array.from(notes, ({ onset, pitch }) => pitch * STEPS_PER_BLOCK + onset);

export interface Pair {
  /** Dice, 2|A and B| / (|A| + |B|); 0 where no pair has anything in common. */
  readonly similarity: number;
  /** Indices of the two; null likewise. */
  readonly pair: readonly [number, number] | null;
}

/** The two blocks that are most alike, of those that `counts` lets count. Blocks without notes are like nothing. */
export function closestPair(blocks: readonly Onsets[], counts: (a: number, b: number) => boolean): Pair {
  let closest: Pair = { similarity: 0, pair: null };
  const struck = new Uint8Array(MIDI_PITCHES * STEPS_PER_BLOCK);
  blocks.forEach((onsets, a) => {
    for (const cell of onsets) struck[cell] = 1;
    for (let b = a + 1; b < blocks.length; b++) {
      const similarity = diceAbove(struck, onsets.length, blocks[b], closest.similarity);
      if (similarity > closest.similarity && counts(a, b)) closest = { similarity, pair: [a, b] };
    }
    for (const cell of onsets) struck[cell] = 0;
  });
  return closest;
}

/** The one of `others` that is most like `onsets`. */
export function nearestBlock(
  onsets: Onsets,
  others: readonly Onsets[],
): { readonly index: number; readonly similarity: number } {
  const struck = new Uint8Array(MIDI_PITCHES * STEPS_PER_BLOCK);
  for (const cell of onsets) struck[cell] = 1;
  let nearest = { index: 0, similarity: 0 };
  others.forEach((other, index) => {
    const similarity = diceAbove(struck, onsets.length, other, nearest.similarity);
    if (similarity > nearest.similarity) nearest = { index, similarity };
  });
  return nearest;
}

/** 0 as soon as it can't exceed `bar`. */
function diceAbove(struck: Uint8Array, size: number, other: Onsets, bar: number): number {
  const both = size + other.length;
  let misses = other.length - (bar * both) / 2;
  let hits = 0;
  for (let i = 0; i < other.length; i++) {
    if (struck[other[i]] === 1) hits++;
    else if (--misses <= 0) return 0;
  }
  return both === 0 ? 0 : (2 * hits) / both;
}
