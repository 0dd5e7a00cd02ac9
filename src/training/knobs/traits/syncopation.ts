import { STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../../music/units.js';
import type { Line } from '../../corpus/grid.js';

/** Metrical weight of each sixteenth of a bar of 4/4: 0 on its first, one less for each halving (Longuet-Higgins and Lee 1984). */
const WEIGHTS = Array.from({ length: STEPS_PER_BAR }, (_, step) => {
  let weight = 0;
  for (let span = STEPS_PER_BAR; step % span !== 0; span /= 2) weight--;
  return weight;
});

/**
 * Mean over the attacks of how much heavier the heaviest step is that passes without an attack before the next one; 0
 * where none is heavier than the attack's own. NaN without notes.
 */
export function syncopation(line: Line): number {
  const struck = new Uint8Array(STEPS_PER_BLOCK);
  for (const { onset } of line) struck[onset] = 1;
  let sum = 0;
  let attacks = 0;
  for (let s = 0; s < STEPS_PER_BLOCK; s++) {
    if (struck[s] === 0) continue;
    attacks++;
    let heaviest = WEIGHTS[s % STEPS_PER_BAR];
    for (let rest = s + 1; rest < STEPS_PER_BLOCK && struck[rest] === 0; rest++) {
      heaviest = Math.max(heaviest, WEIGHTS[rest % STEPS_PER_BAR]);
    }
    sum += heaviest - WEIGHTS[s % STEPS_PER_BAR];
  }
  return sum / attacks;
}
