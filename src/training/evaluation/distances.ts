import type { Column } from './feature-table.js';

/** Euclidean distances of all pairs of rows. */
export function distancesInside(set: Column): Float64Array {
  const distances = new Float64Array((set.rows * (set.rows - 1)) / 2);
  measure(set, set, (i) => i + 1, distances);
  return distances;
}

/** Of all rows of one set to all of the other. */
export function distancesBetween(a: Column, b: Column): Float64Array {
  const distances = new Float64Array(a.rows * b.rows);
  measure(a, b, () => 0, distances);
  return distances;
}

export function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}

/**
 * |x - y| for each row x of `a` and each row y of `b` from `first(i)` on. Most numbers of a long row are zero: with
 * |x|^2 + |y|^2 - 2 x y only the others are touched.
 */
function measure(a: Column, b: Column, first: (row: number) => number, into: Float64Array): void {
  const { size, values: left } = a;
  const { values: right } = b;
  const squares = squaresOf(b);
  const places = new Uint32Array(size);
  const filledBy = new Float64Array(size);
  let at = 0;
  for (let i = 0; i < a.rows; i++) {
    if (size === 1) {
      for (let j = first(i); j < b.rows; j++) into[at++] = Math.abs(left[i] - right[j]);
      continue;
    }
    let filled = 0;
    let square = 0;
    for (let k = 0; k < size; k++) {
      const x = left[i * size + k];
      if (x !== 0) {
        places[filled] = k;
        filledBy[filled++] = x;
      }
      square += x * x;
    }
    for (let j = first(i); j < b.rows; j++) {
      const row = j * size;
      let product = 0;
      for (let n = 0; n < filled; n++) product += filledBy[n] * right[row + places[n]];
      into[at++] = Math.sqrt(Math.max(square + squares[j] - 2 * product, 0));
    }
  }
}

function squaresOf({ size, values, rows }: Column): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < values.length; i++) squares[Math.floor(i / size)] += values[i] * values[i];
  return squares;
}
