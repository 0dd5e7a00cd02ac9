import { SEAM_FIGURES, type Seam } from './seam.js';

/** How surprising seams are, measured by others. */
export interface SurpriseScale {
  /** Of each figure the values of the seams measured by, sorted. */
  readonly sorted: Readonly<Record<keyof Seam, Float64Array>>;
}

export interface Surprise {
  /** The mean over the figures. */
  readonly all: number;
  readonly by: Readonly<Record<keyof Seam, number>>;
}

/** `seams`: one at least. */
export function scaleOf(seams: readonly Seam[]): SurpriseScale {
  const column = (figure: keyof Seam): Float64Array => Float64Array.from(seams, (seam) => seam[figure]).sort();
  return { sorted: forEachFigure(column) };
}

/**
 * The share of the seams measured by that is less of a break, with half of those that are as much of one, 0..1: on the
 * average of those seams themselves it is 0.5 in each figure.
 */
export function surpriseOf(seam: Seam, { sorted }: SurpriseScale): Surprise {
  const by = forEachFigure((figure) => {
    const values = sorted[figure];
    return (below(values, seam[figure] - ALMOST) + below(values, seam[figure] + ALMOST)) / 2 / values.length;
  });
  return { all: SEAM_FIGURES.reduce((sum, figure) => sum + by[figure], 0) / SEAM_FIGURES.length, by };
}

/** Fractions that are equal may differ by rounding. */
const ALMOST = 1e-9;

/** How many of some sorted values are below one. */
function below(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const forEachFigure = <T>(make: (figure: keyof Seam) => T): Readonly<Record<keyof Seam, T>> => ({
  rhythm: make('rhythm'),
  notes: make('notes'),
  harmony: make('harmony'),
  leap: make('leap'),
  density: make('density'),
  register: make('register'),
  struck: make('struck'),
});
