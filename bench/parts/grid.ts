import { mean, median } from './figures.js';

/** Times beside the even grid that fits them best. */
export interface GridFit {
  /** Which step of the grid each time belongs to. */
  readonly steps: readonly number[];
  /** How far each lies behind its step (ahead where negative), in ms; their median is 0. */
  readonly deviations: readonly number[];
  /** Where the grid has a step, in ms. */
  readonly at: (step: number) => number;
  /** How much longer the fitted step is than the one asked for, in parts per million. */
  readonly ppm: number;
}

/** The line is drawn through this share of the times, those nearest to it: a few very late ones shall not tilt it. */
const TRUSTED = 0.8;
const ROUNDS = 10;

/**
 * Fits a grid whose step (ms) is known but for a drift of the clocks, to times in ms that all belong on it. Where it is
 * not said which steps they belong to, each is taken to be less than half a step off.
 */
export function fitGrid(times: readonly number[], step: number, known?: readonly number[]): GridFit {
  const turn = (2 * Math.PI) / step;
  const [sine, cosine] = [Math.sin, Math.cos].map((f) => mean(times.map((time) => f((time - times[0]!) * turn))));
  const phase = known === undefined ? times[0]! + Math.atan2(sine!, cosine!) / turn : times[0]! - known[0]! * step;
  const points = times.map((time, i) => {
    const at = known?.[i] ?? Math.round((time - phase) / step);
    return { at, off: time - phase - at * step };
  });
  let line = leastSquares(points);
  const far = ({ at, off }: Point): number => Math.abs(off - line.origin - line.slope * at);
  for (let round = 0; round < ROUNDS; round++) {
    const nearest = points.toSorted((a, b) => far(a) - far(b)).slice(0, Math.ceil(TRUSTED * points.length));
    line = leastSquares(nearest);
  }
  const behind = points.map(({ at, off }) => off - line.slope * at);
  const usual = median(behind);
  return {
    steps: points.map(({ at }) => at),
    deviations: behind.map((x) => x - usual),
    at: (at) => phase + usual + at * (step + line.slope),
    ppm: Math.round((line.slope / step) * 1e8) / 100,
  };
}

interface Point {
  readonly at: number;
  readonly off: number;
}

function leastSquares(points: readonly Point[]): { readonly origin: number; readonly slope: number } {
  const [middle, centre] = [mean(points.map(({ at }) => at)), mean(points.map(({ off }) => off))];
  const above = points.reduce((sum, { at, off }) => sum + (at - middle) * (off - centre), 0);
  const below = points.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = above / below;
  return { origin: centre - slope * middle, slope };
}

/** The first time of each step: of a chord, its first note. */
export function firstOfEach(times: readonly number[], steps: readonly number[]): readonly number[] {
  const first = new Map<number, number>();
  for (const [i, step] of steps.entries())
    first.set(step, Math.min(first.get(step) ?? Number.POSITIVE_INFINITY, times[i]!));
  return [...first.values()];
}
