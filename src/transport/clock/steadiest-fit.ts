import { type CurveFit, fitLine, fitParabola } from './line-fit.js';

/*
 * How much of the past to believe. A long memory is steady but lags behind a ritardando; a short one follows, and
 * trembles. So both are asked: lines and parabolas through the last points, all, half, a quarter and so on, and of
 * them the one is taken that trembles least among those which no shorter one contradicts (Lepski's rule, Theory of
 * Probability and its Applications 35, 1991).
 */

export interface SteadiestFit extends CurveFit {
  readonly isStraight: boolean;
  /** Standard deviation by which single points err. */
  readonly spread: number;
}

/** The shortest line and parabola: through fewer points there is nothing but their jitter. */
const SHORTEST_LINE = 6;
const SHORTEST_PARABOLA = 24;
/** Standard errors between two fits beyond which one contradicts the other. */
const CONTRADICTION = 4;
/** Points from which the jitter is told: a beat of pulses. What was expected of it counts as if seen in so many more. */
const TELLING = 24;
const EXPECTATION = 6;
/** Jitter is taken to be so much at least, in the values' unit (ms): finer than any link, and a steady train is no degenerate one. */
const LEAST_SPREAD = 0.02;

/** Of 6 or more values, equally spaced but for their jitter. `expected`: the jitter's spread, for a short train. */
export function steadiestFit(values: readonly number[], expected: number): SteadiestFit {
  const spread = Math.max(LEAST_SPREAD, spreadOf(values, expected));
  const fits = candidates(values).sort((a, b) => b.variance - a.variance);
  const agrees = (fit: CurveFit, shorter: CurveFit): boolean =>
    Math.abs(fit.next - shorter.next) <= CONTRADICTION * spread * Math.sqrt(shorter.variance);
  for (let steadiest = fits.length - 1; steadiest > 0; steadiest--) {
    const fit = fits[steadiest];
    if (fits.slice(0, steadiest).every((shorter) => agrees(fit, shorter))) return { ...fit, spread };
  }
  return { ...fits[0], spread };
}

function candidates(values: readonly number[]): (CurveFit & { readonly isStraight: boolean })[] {
  const fits = [];
  for (let size = values.length; size >= SHORTEST_LINE; size = size >> 1) {
    fits.push({ ...fitLine(values, size), isStraight: true });
    if (size >= SHORTEST_PARABOLA) fits.push({ ...fitParabola(values, size), isStraight: false });
  }
  return fits;
}

/**
 * By what parabolas through the last beat and the one before leave over: the calmer of the two, since a bend within one
 * is no jitter. As sure of it as the points are many.
 */
function spreadOf(values: readonly number[], expected: number): number {
  const size = Math.min(values.length, TELLING);
  const told = size - 3;
  const { rest } = fitParabola(values, size);
  const before = values.length < 2 * size ? rest : fitParabola(values.slice(-2 * size, -size), size).rest;
  return Math.sqrt((told * Math.min(rest, before) + EXPECTATION * expected ** 2) / (told + EXPECTATION));
}
