import { CELLS, cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { expectedCounts, expectedNotes } from './expectation.js';
import type { Thresholds } from './spans.js';

/** Of several voices none begins below this share of the onset threshold: that is noise. */
const FLOOR = 0.4;
/** What sounding counts beside onset where pitches are chosen. */
const SOUNDING_WEIGHT = 0.25;

/**
 * 1 in the cells where a note begins: on each step as many as onset lets expect, at most so many voices, the
 * likeliest ones, of equals the higher. So two neighbouring pitches of 0.4 each are one of them, where a threshold
 * for each by itself hears none. A strike that is smeared over two steps is one: of a pitch, or, in a role of one
 * voice, of whatever pitches.
 */
export function strikesOf(
  sounding: Float32Array,
  onset: Float32Array,
  voices: number,
  { onsetThreshold, fragmentThreshold }: Thresholds,
): Uint8Array {
  const counts = expectedNotes(onset, onsetThreshold, voices);
  if (voices === 1) {
    joinSmears(counts, expectedCounts(onset), fragmentThreshold);
    return likeliest(sounding, onset, counts, -1);
  }
  const strikes = likeliest(sounding, onset, counts, FLOOR * onsetThreshold);
  for (let row = 0; row < PITCHES; row++) {
    const [from, to] = [cell(row, 0), cell(row, STEPS_PER_BLOCK)];
    joinSmears(strikes.subarray(from, to), onset.subarray(from, to), fragmentThreshold);
  }
  return strikes;
}

/** 1 in so many cells of each step, less those of them whose onset is not above the floor. */
function likeliest(sounding: Float32Array, onset: Float32Array, counts: Uint8Array, floor: number): Uint8Array {
  const taken = new Uint8Array(CELLS);
  const weights = new Float64Array(PITCHES);
  for (let step = 0; step < STEPS_PER_BLOCK; step++) {
    if (counts[step] === 0) continue;
    for (let row = 0; row < PITCHES; row++) {
      weights[row] = onset[cell(row, step)] + SOUNDING_WEIGHT * sounding[cell(row, step)];
    }
    for (let left = counts[step]; left > 0; left--) {
      let best = PITCHES - 1;
      for (let row = best - 1; row >= 0; row--) if (weights[row] > weights[best]) best = row;
      weights[best] = -1;
      if (onset[cell(best, step)] > floor) taken[cell(best, step)] = 1;
    }
  }
  return taken;
}

/**
 * Clears of two strikes on neighbouring steps the weaker, of equals the later, if it is under the fragment threshold:
 * a smeared onset is one onset. `strikes` 1 where a note begins, `certainty` of each; of as many steps, changed here.
 */
export function joinSmears(strikes: Uint8Array, certainty: Float32Array | Float64Array, fragmentThreshold: number) {
  for (let step = 1; step < strikes.length; step++) {
    if (strikes[step] === 0 || strikes[step - 1] === 0) continue;
    const [before, now] = [certainty[step - 1], certainty[step]];
    if (Math.min(before, now) < fragmentThreshold) strikes[now > before ? step - 1 : step] = 0;
  }
}
