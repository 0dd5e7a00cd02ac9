import type { GridNote } from './grid.js';

/** What is done about keys: every song moved to one tonic, left alone, or taken in all twelve transpositions. */
export const KEY_MODES = ['common', 'as-written', 'all'] as const;
export type KeyMode = (typeof KEY_MODES)[number];

/** Moves lie in -6..5 semitones: each key has one, and the nearest. */
const LOWEST_MOVE = -6;
const MAJOR_SCALE = [0, 2, 4, 5, 7, 9, 11];
/** Equal fits differ by rounding only. */
const SAME_FIT = 1e-6;
const TRIAD_WEIGHT = 1e-4;

/** Semitones to add to a whole song, one number for each version of it that is wanted. */
export function transpositions(mode: KeyMode, notes: readonly GridNote[]): readonly number[] {
  if (mode === 'as-written') return [0];
  if (mode === 'all') return Array.from({ length: 12 }, (_, i) => LOWEST_MOVE + i);
  return [nearestMove(majorTonic(notes))];
}

/** The move in -6..5 that takes a pitch class to C. */
const nearestMove = (tonic: number): number => (tonic >= 12 + LOWEST_MOVE ? 12 - tonic : -tonic);

/**
 * Tonic (pitch class 0..11) of the major scale that holds most of the notes; a minor tune gives its relative major's.
 * Between equal fits the heavier tonic triad decides.
 */
export function majorTonic(notes: readonly GridNote[]): number {
  const share = new Float64Array(12);
  for (const { pitch } of notes) share[pitch % 12] += 1 / notes.length;
  const at = (tonic: number, degree: number): number => share[(tonic + degree) % 12];
  const rate = (tonic: number): number => {
    const fit = MAJOR_SCALE.reduce((sum, degree) => sum + at(tonic, degree), 0);
    return Math.round(fit / SAME_FIT) * SAME_FIT + TRIAD_WEIGHT * (at(tonic, 0) + at(tonic, 7) + at(tonic, 4));
  };
  const rates = Array.from({ length: 12 }, (_, tonic) => rate(tonic));
  return rates.indexOf(Math.max(...rates));
}
