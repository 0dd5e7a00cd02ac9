import { cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { joinSmears, mostProbable } from './expectation.js';
import { mean, type Span, type Thresholds } from './spans.js';

/**
 * Reads a role of any number of voices, both planes 64 x 256: on each step as many notes begin as onset lets expect,
 * and each lasts while its pitch sounds, above its threshold or among the most probable, and is not struck again; what
 * sounds at the block's end ends there. A note of one step wants an onset above the fragment threshold: most of those
 * a model draws are noise. Sorted by row, then start.
 */
export function spansOfVoices(sounding: Float32Array, onset: Float32Array, thresholds: Thresholds): Span[] {
  const { threshold, onsetThreshold, fragmentThreshold } = thresholds;
  const strikes = mostProbable(onset, onsetThreshold);
  const likely = mostProbable(sounding, threshold);
  const spans: Span[] = [];
  for (let row = 0; row < PITCHES; row++) {
    const [from, to] = [cell(row, 0), cell(row, STEPS_PER_BLOCK)];
    joinSmears(strikes.subarray(from, to), onset.subarray(from, to), fragmentThreshold);
    for (let start = from; start < to; start++) {
      if (strikes[start] === 0) continue;
      let end = start + 1;
      while (end < to && strikes[end] === 0 && (likely[end] === 1 || sounding[end] > threshold)) end++;
      if (end - start === 1 && onset[start] <= fragmentThreshold) continue;
      spans.push({ row, start: start - from, length: end - start, probability: mean(sounding, start, end) });
    }
  }
  return spans;
}
