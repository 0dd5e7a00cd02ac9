import { dot, type Vector } from './linear.js';

/** Rounds over all constraints; with a dozen of them it has settled long before. */
const ROUNDS = 400;

/**
 * The shortest vector d with g_target d = 1 and |g_i d| <= tolerances_i for every other gradient: the effect wanted,
 * with no more of the others than is allowed. By coordinate ascent on the dual, a lasso (Hildreth 1957).
 */
export function selective(gradients: readonly Vector[], target: number, tolerances: readonly number[]): Vector {
  const products = gradients.map((a) => gradients.map((b) => dot(a, b)));
  const multipliers = new Float64Array(gradients.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < gradients.length; i++) {
      const own = products[i][i];
      if (own === 0) continue;
      let effect = -own * multipliers[i];
      for (let j = 0; j < gradients.length; j++) effect += products[i][j] * multipliers[j];
      multipliers[i] =
        i === target ? (1 - effect) / own : (-Math.sign(effect) * Math.max(0, Math.abs(effect) - tolerances[i])) / own;
    }
  }
  const direction = new Float64Array(gradients[0].length);
  gradients.forEach((gradient, i) => {
    for (let p = 0; p < direction.length; p++) direction[p] += multipliers[i] * gradient[p];
  });
  return direction;
}
