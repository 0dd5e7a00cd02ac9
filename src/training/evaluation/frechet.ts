import { deviations, type FeatureTable } from './feature-table.js';
import { FEATURES, type Features } from './features.js';
import { eigenOfSymmetric, type Matrix, product, rootOfSymmetric } from './symmetric.js';

/** Too many numbers for the blocks there are, and one that is not defined for all. */
const LEFT_OUT: ReadonlySet<keyof Features> = new Set(['pitchClassMoves', 'tonalDistance']);
const COUNTED = FEATURES.filter((name) => !LEFT_OUT.has(name));
/** Features whose unit is no share; a spread below these floors is taken for the floor. */
const WIDE: ReadonlySet<keyof Features> = new Set([
  'usedPitchClasses',
  'pitchRange',
  'meanPitch',
  'pitchCount',
  'notesPerBar',
  'meanIoi',
  'meanInterval',
  'meanLength',
]);
const FLOOR_OF_SHARES = 0.02;
const FLOOR_OF_WIDE = 0.25;

/** What of a feature is too little to be told apart. */
export const floorOf = (name: keyof Features): number => (WIDE.has(name) ? FLOOR_OF_WIDE : FLOOR_OF_SHARES);

/**
 * Distance of two Gaussians fitted to the blocks' features, |m - m'|^2 + tr(C + C' - 2 (C C')^(1/2)), each number in
 * standard deviations of the reference. It falls with the number of blocks: compare equal numbers only. NaN below two.
 */
export function frechet(generated: FeatureTable, reference: FeatureTable): number {
  const scales = COUNTED.flatMap((name) => {
    return Array.from(deviations(reference[name]), (deviation) => Math.max(deviation, floorOf(name)));
  });
  const n = scales.length;
  const g = gaussian(generated, scales);
  const r = gaussian(reference, scales);
  if (g === null || r === null) return Number.NaN;
  const root = rootOfSymmetric(r.covariance, n);
  const { values } = eigenOfSymmetric(symmetric(product(product(root, g.covariance, n), root, n), n), n);
  let distance = 0;
  for (let i = 0; i < n; i++) {
    distance += (g.mean[i] - r.mean[i]) ** 2 + g.covariance[i * n + i] + r.covariance[i * n + i];
    distance -= 2 * Math.sqrt(Math.max(values[i], 0));
  }
  return distance;
}

interface Gaussian {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

function gaussian(table: FeatureTable, scales: readonly number[]): Gaussian | null {
  const n = scales.length;
  const { rows } = table[COUNTED[0]];
  if (rows < 2) return null;
  const mean = new Float64Array(n);
  const points = Array.from({ length: rows }, (_, i) => {
    const point = new Float64Array(n);
    let at = 0;
    for (const name of COUNTED) {
      const { size, values } = table[name];
      for (let k = 0; k < size; k++, at++) point[at] = values[i * size + k] / scales[at];
    }
    for (let k = 0; k < n; k++) mean[k] += point[k] / rows;
    return point;
  });
  const covariance = new Float64Array(n * n);
  for (const point of points) {
    for (let k = 0; k < n; k++) point[k] -= mean[k];
    for (let a = 0; a < n; a++) {
      const x = point[a] / (rows - 1);
      if (x === 0) continue;
      for (let b = 0; b < n; b++) covariance[a * n + b] += x * point[b];
    }
  }
  return { mean, covariance: symmetric(covariance, n) };
}

/** Rounding makes the halves differ. */
function symmetric(m: Matrix, n: number): Matrix {
  return m.map((x, at) => (x + m[(at % n) * n + Math.floor(at / n)]) / 2);
}
