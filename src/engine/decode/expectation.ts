import { CELLS, cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

/** Below this a cell is noise, at the middle threshold; it moves in proportion. */
const FLOOR = 0.2;
const MIDDLE = 0.5;

/** The sum of a plane's probabilities on each of the 256 steps: how many of its pitches are expected there. */
export function expectedCounts(plane: Float32Array): Float64Array {
  const counts = new Float64Array(STEPS_PER_BLOCK);
  for (let row = 0; row < PITCHES; row++) {
    for (let step = 0; step < STEPS_PER_BLOCK; step++) counts[step] += plane[cell(row, step)];
  }
  return counts;
}

/**
 * 1 in those cells of a plane that are taken for true: on each step as many as are expected there, rounded, the most
 * probable ones, of equals the higher; never one that is as good as noise. So two neighbouring pitches of 0.4 each
 * are one of them, where a threshold for each by itself hears none. The threshold, 0.05..0.95, scales the count: at
 * 0.5 the expectation is taken at its word, lower counts more.
 */
export function mostProbable(plane: Float32Array, threshold: number): Uint8Array {
  const taken = new Uint8Array(CELLS);
  const floor = (FLOOR * threshold) / MIDDLE;
  const counts = expectedCounts(plane);
  for (let step = 0; step < STEPS_PER_BLOCK; step++) {
    for (let left = Math.floor((counts[step] * MIDDLE) / threshold + 0.5); left > 0; left--) {
      let best = -1;
      let most = floor;
      for (let at = cell(PITCHES - 1, step); at >= 0; at -= STEPS_PER_BLOCK) {
        if (plane[at] > most && taken[at] === 0) {
          best = at;
          most = plane[at];
        }
      }
      if (best < 0) break;
      taken[best] = 1;
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
