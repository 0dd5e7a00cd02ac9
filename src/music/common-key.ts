/** Moves lie in -6..5 semitones: each key has one, and the nearest. */
export const LOWEST_MOVE = -6;
const MAJOR_SCALE = [0, 2, 4, 5, 7, 9, 11];
/** Fits are told apart in steps of a millionth: equal ones differ by rounding only. */
const FITS = 1e6;
/** Less than one note in a few thousand: it decides between equal fits alone. */
const TRIAD_WEIGHT = 1e-4;

interface Pitched {
  /** MIDI pitch. */
  readonly pitch: number;
}

/** The move in -6..5 that takes a pitch class to C. */
export const nearestMove = (tonic: number): number => ((12 - LOWEST_MOVE - tonic) % 12) + LOWEST_MOVE;

/** Share of the notes that each of the twelve major scales holds, by its tonic's pitch class. */
export function majorFits(notes: readonly Pitched[]): number[] {
  const shares = pitchClassShares(notes);
  return shares.map((_, tonic) => MAJOR_SCALE.reduce((sum, degree) => sum + shares[(tonic + degree) % 12], 0));
}

/**
 * Tonic (pitch class 0..11) of the major scale that holds most of the notes; a minor tune gives its relative major's.
 * Between equal fits the heavier tonic triad decides.
 */
export function majorTonic(notes: readonly Pitched[]): number {
  const shares = pitchClassShares(notes);
  // in the order of the reference evaluation, so that equal rates fall out alike to the last bit
  const triad = (tonic: number): number => shares[tonic] + shares[(tonic + 7) % 12] + shares[(tonic + 4) % 12];
  const rates = majorFits(notes).map((fit, tonic) => Math.round(fit * FITS) / FITS + TRIAD_WEIGHT * triad(tonic));
  return rates.indexOf(Math.max(...rates));
}

function pitchClassShares(notes: readonly Pitched[]): number[] {
  const counts = new Array<number>(12).fill(0);
  for (const { pitch } of notes) counts[pitch % 12]++;
  return counts.map((n) => n / notes.length);
}
