import { majorTonic } from '../../../music/common-key.js';
import type { Line } from '../../corpus/grid.js';
import { pearson } from '../ranks.js';

/** How well each semitone above the tonic fits its key, as listeners say (Krumhansl and Kessler 1982). */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];
const CLASSES = 12;
/** From the tonic of a major key up to that of its relative minor. */
const RELATIVE = 9;

/**
 * Correlation of the time that each pitch class sounds with the profile of the major key whose scale fits best, less
 * that with its relative minor's. In -2..2; NaN without notes.
 */
export function brightness(line: Line): number {
  if (line.length === 0) return Number.NaN;
  const time = new Float64Array(CLASSES);
  for (const { onset, end, pitch } of line) time[pitch % CLASSES] += end - onset;
  const tonic = majorTonic(line);
  const from = (start: number): number[] => Array.from({ length: CLASSES }, (_, i) => time[(start + i) % CLASSES]);
  return pearson(from(tonic), MAJOR) - pearson(from(tonic + RELATIVE), MINOR);
}
