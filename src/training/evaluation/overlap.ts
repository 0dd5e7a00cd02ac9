import { distancesBetween, distancesInside, largest } from './distances.js';
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
/** Beyond so many widths a kernel is less than rounding. */
const REACH = 9;
/** Lowest density that the divergence sees, as a share of the highest. */
const FLOOR = 1e-6;

/** `generated` and `reference` hold the same feature. Without two defined rows each nothing overlaps; KL is NaN then. */
export function overlapOf(generated: Column, reference: Column): Overlap {
  const a = defined(generated);
  const b = defined(reference);
  const sets = [distancesInside(a), distancesInside(b), distancesBetween(a, b)];
  if (sets.some(({ length }) => length === 0)) return { oaRef: 0, oaGen: 0, oa: 0, kl: Number.NaN };
  const furthest = Math.max(...sets.map(largest), 1e-9) * 1.000001;
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

/** Gaussian kernels of Scott's width over a histogram; what falls off the axis is dropped, the rest sums to 1. */
function density(distances: Float64Array, furthest: number): Float64Array {
  const histogram = new Float64Array(POINTS);
  for (let i = 0; i < distances.length; i++) {
    histogram[Math.min(Math.trunc((distances[i] / furthest) * POINTS), POINTS - 1)]++;
  }
  const scott = deviation(distances) * distances.length ** -0.2;
  const width = Math.max((scott / furthest) * POINTS, NARROWEST);
  const reach = Math.min(Math.ceil(REACH * width), POINTS);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-0.5 * (k / width) ** 2));
  const smooth = new Float64Array(POINTS);
  for (let j = 0; j < POINTS; j++) {
    if (histogram[j] === 0) continue;
    const [from, to] = [Math.max(0, j - reach), Math.min(POINTS - 1, j + reach)];
    for (let i = from; i <= to; i++) smooth[i] += histogram[j] * kernel[Math.abs(i - j)];
  }
  const sum = smooth.reduce((all, y) => all + y, 0);
  return smooth.map((y) => y / sum);
}

function deviation(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return Math.sqrt(squares / values.length);
}

const shared = (p: Float64Array, q: Float64Array): number => p.reduce((sum, y, i) => sum + Math.min(y, q[i]), 0);

function divergence(p: Float64Array, q: Float64Array): number {
  const lowP = FLOOR * Math.max(...p);
  const lowQ = FLOOR * Math.max(...q);
  return p.reduce((sum, y, i) => sum + y * Math.log(Math.max(y, lowP) / Math.max(q[i], lowQ)), 0);
}
