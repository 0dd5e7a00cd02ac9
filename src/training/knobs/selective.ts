import { dot, norm, type Vector } from './linear.js';

/** Rounds over all constraints; with a dozen of them it has settled long before. */
const ROUNDS = 400;

/**
 * The shortest vector d with g_target d = 1 and |g_other d| <= tolerance for every other gradient: the effect wanted,
 * without the others. By coordinate ascent on the dual, which for a norm squared is a lasso (Hildreth 1957).
 */
export function selective(gradients: readonly Vector[], target: number, tolerance: number): Vector {
  const products = gradients.map((a) => gradients.map((b) => dot(a, b)));
  const multipliers = new Float64Array(gradients.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < gradients.length; i++) {
      const own = products[i][i];
      if (own === 0) continue;
      let effect = -own * multipliers[i];
      for (let j = 0; j < gradients.length; j++) effect += products[i][j] * multipliers[j];
      multipliers[i] =
        i === target ? (1 - effect) / own : (-Math.sign(effect) * Math.max(0, Math.abs(effect) - tolerance)) / own;
    }
  }
  const direction = new Float64Array(gradients[0].length);
  gradients.forEach((gradient, i) => {
    for (let p = 0; p < direction.length; p++) direction[p] += multipliers[i] * gradient[p];
  });
  return direction;
}

/** As selective as can be had without going further than `reach`; else as selective as `tolerances` end with. */
export function selectiveWithin(
  gradients: readonly Vector[],
  target: number,
  tolerances: readonly number[],
  reach: number,
): Vector {
  const all = tolerances.map((tolerance) => selective(gradients, target, tolerance));
  return all.find((direction) => norm(direction) <= reach) ?? all[all.length - 1];
}
