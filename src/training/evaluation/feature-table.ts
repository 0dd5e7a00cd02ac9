import type { GridNote } from '../corpus/grid.js';
import { type Features, featuresOf, forEachFeature, SCALARS, type Scalar, sizeOf } from './features.js';

/** One feature of a set of blocks: a row of `size` numbers for each. */
export interface Column {
  readonly size: number;
  readonly rows: number;
  /** Row-major. */
  readonly values: Float64Array;
}

export type FeatureTable = Readonly<Record<keyof Features, Column>>;

export function tabulate(blocks: readonly (readonly GridNote[])[]): FeatureTable {
  const all = blocks.map(featuresOf);
  return forEachFeature((name) => {
    const size = sizeOf(name);
    const values = new Float64Array(all.length * size);
    all.forEach((features, i) => {
      const value = features[name];
      if (typeof value === 'number') values[i] = value;
      else values.set(value, i * size);
    });
    return { size, rows: all.length, values };
  });
}

/** The rows in which nothing is undefined. */
export function defined({ size, rows, values }: Column): Column {
  if (!values.some(Number.isNaN)) return { size, rows, values };
  const kept = Array.from({ length: rows }, (_, i) => values.subarray(i * size, (i + 1) * size)).filter(
    (row) => !row.some(Number.isNaN),
  );
  return { size, rows: kept.length, values: Float64Array.from(kept.flatMap((row) => [...row])) };
}

/** Mean of each number of a feature over the rows in which it is defined; NaN where none is. */
export function means(column: Column): Float64Array {
  const { size, rows, values } = defined(column);
  const sums = new Float64Array(size);
  for (let i = 0; i < values.length; i++) sums[i % size] += values[i];
  return sums.map((sum) => sum / rows);
}

/** Standard deviation over the whole set, likewise. */
export function deviations(column: Column): Float64Array {
  const { size, rows, values } = defined(column);
  const centre = means(column);
  const sums = new Float64Array(size);
  for (let i = 0; i < values.length; i++) sums[i % size] += (values[i] - centre[i % size]) ** 2;
  return sums.map((sum) => Math.sqrt(sum / rows));
}

export interface Spread {
  readonly mean: number;
  /** Standard deviation over the whole set. */
  readonly deviation: number;
}

export type FeatureSummary = Readonly<Record<Scalar, Spread>>;

/** Mean and standard deviation of each single-number feature; NaN where it is defined for no block. */
export function summarise(blocks: readonly (readonly GridNote[])[]): FeatureSummary {
  const table = tabulate(blocks);
  const spread = (name: Scalar): Spread => ({ mean: means(table[name])[0], deviation: deviations(table[name])[0] });
  return Object.fromEntries(SCALARS.map((name) => [name, spread(name)])) as Record<Scalar, Spread>;
}
