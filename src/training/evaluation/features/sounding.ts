import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../../music/units.js';
import type { GridNote } from '../../corpus/grid.js';

export interface SoundingFeatures {
  readonly emptyBarRatio: number;
  readonly usedPitchClasses: number;
  readonly polyphonicity: number;
  readonly tonalDistance: number;
}

const CLASSES = 12;
const STEPS_PER_HALF_BAR = STEPS_PER_BAR / 2;
const HALF_BARS = STEPS_PER_BLOCK / STEPS_PER_HALF_BAR;
/** The tonal centroid space of Harte, Sandler and Gasser (2006): circles of fifths, minor thirds and major thirds. */
const TONAL = Array.from({ length: CLASSES }, (_, c) =>
  [
    [(7 * Math.PI) / 6, 1],
    [(3 * Math.PI) / 2, 1],
    [(2 * Math.PI) / 3, 0.5],
  ].flatMap(([angle, radius]) => [radius * Math.sin(c * angle), radius * Math.cos(c * angle)]),
);
const TONAL_DIMENSIONS = TONAL[0].length;

/** What follows from the pitches that sound together. Notes of one pitch do not overlap. */
export function soundingFeatures(notes: readonly GridNote[]): SoundingFeatures {
  const voices = new Uint8Array(STEPS_PER_BLOCK);
  const top = new Uint8Array(STEPS_PER_BLOCK);
  const chroma = new Uint16Array(HALF_BARS * CLASSES);
  for (const { onset, end, pitch } of notes) {
    for (let s: number = onset; s < end; s++) {
      voices[s]++;
      if (pitch > top[s]) top[s] = pitch;
      chroma[Math.floor(s / STEPS_PER_HALF_BAR) * CLASSES + (pitch % CLASSES)]++;
    }
  }
  let chords = 0;
  for (const n of voices) if (n >= 2) chords++;
  const { full, used } = barsOf(chroma);
  return {
    emptyBarRatio: 1 - full / BARS_PER_BLOCK,
    usedPitchClasses: full === 0 ? 0 : used / full,
    polyphonicity: chords / STEPS_PER_BLOCK,
    tonalDistance: tonalDistance(chroma, voices, top),
  };
}

/** How many bars are not empty, and the pitch classes of each, summed. */
function barsOf(chroma: Uint16Array): { readonly full: number; readonly used: number } {
  let full = 0;
  let used = 0;
  for (let bar = 0; bar < BARS_PER_BLOCK; bar++) {
    let classes = 0;
    const at = 2 * bar * CLASSES;
    for (let c = 0; c < CLASSES; c++) if (chroma[at + c] + chroma[at + CLASSES + c] > 0) classes++;
    if (classes > 0) full++;
    used += classes;
  }
  return { full, used };
}

/** Between the top voice and all below it, mean over the half bars that have both; NaN where none has. */
function tonalDistance(chroma: Uint16Array, voices: Uint8Array, top: Uint8Array): number {
  const upper = new Uint16Array(HALF_BARS * CLASSES);
  for (let s = 0; s < STEPS_PER_BLOCK; s++) {
    if (voices[s] > 0) upper[Math.floor(s / STEPS_PER_HALF_BAR) * CLASSES + (top[s] % CLASSES)]++;
  }
  let sum = 0;
  let both = 0;
  for (let half = 0; half < HALF_BARS; half++) {
    const at = half * CLASSES;
    let above = 0;
    let below = 0;
    for (let c = at; c < at + CLASSES; c++) {
      above += upper[c];
      below += chroma[c] - upper[c];
    }
    if (above === 0 || below === 0) continue;
    both++;
    let square = 0;
    for (let d = 0; d < TONAL_DIMENSIONS; d++) {
      let apart = 0;
      for (let c = 0; c < CLASSES; c++) {
        apart += TONAL[c][d] * (upper[at + c] / above - (chroma[at + c] - upper[at + c]) / below);
      }
      square += apart * apart;
    }
    sum += Math.sqrt(square);
  }
  return both === 0 ? Number.NaN : sum / both;
}
