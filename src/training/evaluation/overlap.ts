import { type Column, defined } from './feature-table.js';

/** How a set of blocks lies to another in one feature, after Yang and Lerch (2018). */
export interface Overlap {
  /** Overlap of the distances between the sets with those inside the reference. */
  readonly oaRef: number;
  /** The same with those inside the drawn set: near 0 when a generator has collapsed. */
  readonly oaGen: number;
  /** Mean of both. */
  readonly oa: number;
  /** Kullback-Leibler divergence of the inner distances from those between, mean of both, in nats. */
  readonly kl: number;
}

/** Points of the axis that all three densities share, from 0 to the largest distance. */
const POINTS = 400;
/** Narrowest kernel, in points. */
const NARROWEST = 0.005 * POINTS;
/** Lowest density that the divergence sees, as a share of the highest. */
const FLOOR = 1e-6;

/** `generated` and `reference` hold the same feature. Without two defined rows each nothing overlaps; KL is NaN then. */
export function overlapOf(generated: Column, reference: Column): Overlap {
  const a = defined(generated);
  const b = defined(reference);
  const sets = [distancesInside(a), distancesInside(b), distancesBetween(a, b)];
  if (sets.some((set) => set.length === 0)) return { oaRef: 0, oaGen: 0, oa: 0, kl: Number.NaN };
  const furthest = sets.reduce((most, set) => set.reduce((m, d) => (d > m ? d : m), most), 1e-9) * 1.000001;
  const [inGenerated, inReference, between] = sets.map((set) => density(set, furthest));
  const oaRef = shared(inReference, between);
  const oaGen = shared(inGenerated, between);
  return {
    oaRef,
    oaGen,
    oa: (oaRef + oaGen) / 2,
    kl: (divergence(inGenerated, between) + divergence(inReference, between)) / 2,
  };
}

/** Euclidean distances of all pairs of rows. */
function distancesInside(set: Column): Float64Array {
  const distances = new Float64Array((set.rows * (set.rows - 1)) / 2);
  let at = 0;
  for (let i = 0; i < set.rows; i++) at = distancesFrom(set, i, set, i + 1, distances, at);
  return distances;
}

function distancesBetween(a: Column, b: Column): Float64Array {
  const distances = new Float64Array(a.rows * b.rows);
  let at = 0;
  for (let i = 0; i < a.rows; i++) at = distancesFrom(a, i, b, 0, distances, at);
  return distances;
}

/** Writes the distances of row `i` of `a` to the rows of `b` from `first` on; gives where to go on. */
function distancesFrom(a: Column, i: number, b: Column, first: number, into: Float64Array, at: number): number {
  const { size } = a;
  const [left, right] = [a.values, b.values];
  const from = i * size;
  let next = at;
  for (let j = first; j < b.rows; j++) {
    let square = 0;
    for (let k = 0, y = j * size; k < size; k++, y++) {
      const apart = left[from + k] - right[y];
      square += apart * apart;
    }
    into[next++] = Math.sqrt(square);
  }
  return next;
}

/** Gaussian kernels of Scott's width over a histogram; what falls off the axis is dropped, the rest sums to 1. */
function density(distances: Float64Array, furthest: number): Float64Array {
  const histogram = new Float64Array(POINTS);
  for (const d of distances) histogram[Math.min(Math.trunc((d / furthest) * POINTS), POINTS - 1)]++;
  const scott = deviation(distances) * distances.length ** -0.2;
  const width = Math.max((scott / furthest) * POINTS, NARROWEST);
  const kernel = Float64Array.from({ length: POINTS }, (_, k) => Math.exp(-0.5 * (k / width) ** 2));
  const smooth = new Float64Array(POINTS);
  let sum = 0;
  for (let i = 0; i < POINTS; i++) {
    let y = 0;
    for (let j = 0; j < POINTS; j++) y += histogram[j] * kernel[i < j ? j - i : i - j];
    smooth[i] = y;
    sum += y;
  }
  return smooth.map((y) => y / sum);
}

function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

const shared = (p: Float64Array, q: Float64Array): number => p.reduce((sum, y, i) => sum + Math.min(y, q[i]), 0);

function divergence(p: Float64Array, q: Float64Array): number {
  const lowP = FLOOR * Math.max(...p);
  const lowQ = FLOOR * Math.max(...q);
  return p.reduce((sum, y, i) => sum + y * Math.log(Math.max(y, lowP) / Math.max(q[i], lowQ)), 0);
}
