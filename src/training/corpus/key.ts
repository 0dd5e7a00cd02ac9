import { LOWEST_MOVE, majorTonic, nearestMove } from '../../music/common-key.js';
import type { GridNote } from './grid.js';

/** What is done about keys: every song moved to one tonic, left alone, or taken in all twelve transpositions. */
export const KEY_MODES = ['common', 'as-written', 'all'] as const;
export type KeyMode = (typeof KEY_MODES)[number];

/** Semitones to add to a whole song, one number for each version of it that is wanted. */
export function transpositions(mode: KeyMode, notes: readonly GridNote[]): readonly number[] {
  if (mode === 'as-written') return [0];
  if (mode === 'all') return Array.from({ length: 12 }, (_, i) => LOWEST_MOVE + i);
  return [nearestMove(majorTonic(notes))];
}
