import { cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

const MIDDLE = 0.5;

/**
 * How many notes a plane lets expect on each of the 256 steps: the sum of its probabilities, each bent by the
 * threshold, 0.05..0.95, which counts as half a note; 0 stays none and 1 stays one, and straight lines lie between.
 * So a lower threshold expects more, at 0.5 probabilities are taken at their word, and certainty is never moved.
 */
export function expectedCounts(plane: Float32Array, threshold = MIDDLE): Float64Array {
  const [below, above] = [MIDDLE / threshold, MIDDLE / (1 - threshold)];
  const counts = new Float64Array(STEPS_PER_BLOCK);
  for (let row = 0; row < PITCHES; row++) {
    for (let step = 0; step < STEPS_PER_BLOCK; step++) {
      const p = plane[cell(row, step)];
      counts[step] += p < threshold ? p * below : 1 - (1 - p) * above;
    }
  }
  return counts;
}

/** The same as whole numbers, halves up, and no more than so many voices. */
export const expectedNotes = (plane: Float32Array, threshold: number, voices: number): Uint8Array =>
  Uint8Array.from(expectedCounts(plane, threshold), (count) => Math.min(Math.floor(count + 0.5), voices));
