import { cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { expectedCounts, joinSmears } from './expectation.js';
import { mean, type Span, type Thresholds } from './spans.js';

/** A note is left when it sounds with less than this, at the middle threshold. */
const HOLD = 0.25;
const MIDDLE = 0.5;
/** What sounding counts beside onset where a pitch is chosen. */
const SOUNDING_WEIGHT = 0.5;

/**
 * Reads a role of one voice, both planes 64 x 256. A note begins where it is likely enough that any does, whichever:
 * where the onsets of a step, summed, are above their threshold. Its pitch is the likeliest; it lasts until the next
 * note, or until a rest is likelier than that it goes on, and to the block's end at the longest. It is as sure as that
 * the role sounds at all: a singer who wavers between two pitches is not the softer for it. By start.
 */
export function spansOfOneVoice(sounding: Float32Array, onset: Float32Array, thresholds: Thresholds): Span[] {
  const { threshold, onsetThreshold, fragmentThreshold } = thresholds;
  const onsets = expectedCounts(onset);
  const strikes = Uint8Array.from(onsets, (sum) => (sum > onsetThreshold ? 1 : 0));
  joinSmears(strikes, onsets, fragmentThreshold);
  const sure = expectedCounts(sounding).map((sum) => Math.min(sum, 1));
  const sings = (row: number, step: number): boolean =>
    sounding[cell(row, step)] >= (Math.max(HOLD, 1 - sure[step]) * threshold) / MIDDLE;
  const spans: Span[] = [];
  for (let start = 0; start < STEPS_PER_BLOCK; start++) {
    if (strikes[start] === 0) continue;
    const row = likeliest(sounding, onset, start);
    let end = start + 1;
    while (end < STEPS_PER_BLOCK && strikes[end] === 0 && sings(row, end)) end++;
    spans.push({ row, start, length: end - start, probability: mean(sure, start, end) });
  }
  return spans;
}

/** The pitch of a note that begins on this step; of equals the highest. */
function likeliest(sounding: Float32Array, onset: Float32Array, step: number): number {
  let best = 0;
  let most = -1;
  for (let row = PITCHES - 1; row >= 0; row--) {
    const weight = onset[cell(row, step)] + SOUNDING_WEIGHT * sounding[cell(row, step)];
    if (weight > most) {
      best = row;
      most = weight;
    }
  }
  return best;
}
