import { BARS_PER_BLOCK } from '../../music/units.js';
import type { Placed } from './placing.js';
import type { Thresholds } from './spans.js';
import { metricWeight } from './velocity.js';

/** Halvings of 0..1: the last ones tell thresholds apart that no two probabilities of a roll lie between. */
const ROUNDS = 12;

/**
 * The highest thresholds by which a block has so many notes a bar, 0: as they are; the lowest, where it never has.
 * `count` says how many notes a block has by an onset threshold (by a threshold, where the roll has no onsets): fewer
 * by a higher one. The ends of the scale, where everything or only certainty counts, are out of a player's reach and
 * within this one's.
 */
export function thresholdsFor(
  density: number,
  thresholds: Thresholds,
  hasOnsets: boolean,
  count: (thresholds: Thresholds) => number,
): Thresholds {
  if (density === 0) return thresholds;
  const at = (middle: number): Thresholds =>
    hasOnsets ? { ...thresholds, onsetThreshold: middle } : { ...thresholds, threshold: middle };
  let [low, high] = [0, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    const notes = count(at(middle));
    if (notes === notesFor(density)) return at(middle);
    if (notes > notesFor(density)) low = middle;
    else high = middle;
  }
  return at(low === 0 ? high : low);
}

/**
 * No more notes than so many a bar, 0: all of them. No threshold leaves out what a model is certain of; here those stay
 * that are surest and on the stronger beats, of equals the earlier, then the higher.
 */
export function thinned(spans: readonly Placed[], density: number): readonly Placed[] {
  if (density === 0 || spans.length <= notesFor(density)) return spans;
  return spans
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.start - b.start || b.pitch - a.pitch)
    .slice(0, notesFor(density));
}

/** How much a block would miss a note: sure ones, and those on the stronger beats, carry it. */
export const weightOf = ({ probability, start }: Placed): number => probability * (1 + metricWeight(start));

/** Of a block. */
const notesFor = (density: number): number => Math.round(density * BARS_PER_BLOCK);
