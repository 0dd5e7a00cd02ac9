import { BARS_PER_BLOCK } from '../../music/units.js';
import type { Thresholds } from './spans.js';

/** Halvings of 0..1: the last ones tell thresholds apart that no two probabilities of a roll lie between. */
const ROUNDS = 14;

/**
 * The thresholds by which a block has as near to so many notes a bar as it can, 0: as they are. `count` says how many
 * notes a block has by an onset threshold (by a threshold, where the roll has no onsets): fewer by a higher one. The
 * ends of the scale, where all or only certainty counts, are out of a player's reach and within this one's.
 */
export function thresholdsFor(
  density: number,
  thresholds: Thresholds,
  hasOnsets: boolean,
  count: (thresholds: Thresholds) => number,
): Thresholds {
  if (density === 0) return thresholds;
  const wanted = density * BARS_PER_BLOCK;
  const at = (middle: number): Thresholds =>
    hasOnsets ? { ...thresholds, onsetThreshold: middle } : { ...thresholds, threshold: middle };
  let [low, high, best, distance] = [0, 1, thresholds, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS && distance > 0; round++) {
    const middle = (low + high) / 2;
    const notes = count(at(middle));
    if (Math.abs(notes - wanted) < distance) [best, distance] = [at(middle), Math.abs(notes - wanted)];
    if (notes > wanted) low = middle;
    else high = middle;
  }
  return best;
}
