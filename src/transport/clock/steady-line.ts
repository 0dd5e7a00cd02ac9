/*
 * The straight line through a steady train, by maximum likelihood for jitter of the exponential power family
 * (density ~ exp(-|r|^p)): p = 2 is the normal curve, and the line that of least squares; p = 8 is nearly flat, as is
 * the jitter of a host that can send only when its audio buffer comes round. There the few pulses at the edges say
 * more than all between, and the line is twice as sure. The train itself says which it is.
 */

export interface SteadyLine {
  /** The line at the newest value, and its rise from one to the next. */
  readonly last: number;
  readonly rise: number;
  /** Standard error of `rise`; 0 where it was given. */
  readonly riseError: number;
}

/** Natural log of how much likelier flat jitter must be: a short train of normal jitter often looks flat. */
const EVIDENCE = 1.5;
/** Newton's method for the sum of r^8 closes in by 6/7 a step: from least squares, which is near, by a sixth in all. */
const STEPS = 12;
/** Of the largest residual: below, a residual weighs nothing and the curvature would vanish. */
const LEAST = 1e-3;
/** ln(2 gamma(1 + 1/p)), from the densities' normalisation. */
const NORMAL_WIDTH = Math.log(Math.sqrt(Math.PI));
const FLAT_WIDTH = Math.log(2 * 0.941_742_7);

/** Through the last `size` (at least 2) values; `rise` where it is known already. */
export function steadyLine(values: readonly number[], size: number, rise: number | null = null): SteadyLine {
  const from = values.length - size;
  const origin = values[values.length - 1];
  const start: Line = { last: 0, rise: rise ?? (origin - values[from]) / (size - 1) };
  const residuals = new Float64Array(size);
  for (let i = 0; i < size; i++) residuals[i] = values[from + i] - origin - start.rise * (i - size + 1);
  const isKnown = rise !== null;
  const normal = normalFit(residuals, isKnown);
  const flat = flatFit(residuals, normal, isKnown);
  const best = flat.likelihood > normal.likelihood + EVIDENCE ? flat : normal;
  return { last: origin + best.last, rise: start.rise + best.rise, riseError: best.riseError };
}

/** A line through the residuals of another: what to add to it. */
interface Line {
  readonly last: number;
  readonly rise: number;
}

interface Candidate extends SteadyLine {
  readonly likelihood: number;
}

function normalFit(residuals: Float64Array, isKnown: boolean): Candidate {
  const size = residuals.length;
  const line = newton(residuals, { last: 0, rise: 0 }, isKnown, () => 1);
  let squares = 0;
  for (let i = 0; i < size; i++) squares += residualAt(residuals, line, i) ** 2;
  const variance = squares / size;
  const likelihood = -size * (NORMAL_WIDTH + Math.log(2 * variance || Number.MIN_VALUE) / 2 + 1 / 2);
  return { ...line, riseError: isKnown ? 0 : riseError(variance, size), likelihood };
}

/** Its residuals are taken in parts of the largest, so that their powers neither vanish nor overflow. */
function flatFit(residuals: Float64Array, start: Line, isKnown: boolean): Candidate {
  const size = residuals.length;
  let line: Line = { last: start.last, rise: start.rise };
  let largest = 0;
  for (let step = 0; step < STEPS; step++) {
    largest = largestOf(residuals, line);
    if (largest === 0) break;
    const scale = largest;
    const toward = newton(residuals, line, isKnown, (r) => sixth(Math.max(LEAST, Math.abs(r) / scale)));
    // 1/(p-1): the curvature of |r|^p is as much more
    line = { last: line.last + toward.last / 7, rise: line.rise + toward.rise / 7 };
  }
  largest = largestOf(residuals, line) || Number.MIN_VALUE;
  let eighths = 0;
  let fourteenths = 0;
  let sixths = 0;
  for (let i = 0; i < size; i++) {
    const r = residualAt(residuals, line, i) / largest;
    const six = sixth(r);
    sixths += six;
    eighths += six * r * r;
    fourteenths += six * six * r * r;
  }
  const scale = largest * ((8 * eighths) / size) ** (1 / 8);
  const likelihood = -size * (FLAT_WIDTH + Math.log(scale || Number.MIN_VALUE) + 1 / 8);
  // of an M-estimator: E psi^2 / (E psi')^2 (Huber, Robust Statistics, ch. 7)
  const variance = sixths === 0 ? 0 : (largest ** 2 * fourteenths * size) / (7 * sixths) ** 2;
  return { ...line, riseError: isKnown ? 0 : riseError(variance, size), likelihood };
}

const sixth = (r: number): number => r * r * (r * r) * (r * r);

/** Of a line through equally spaced points. */
const riseError = (variance: number, size: number): number => Math.sqrt((12 * variance) / (size * (size * size - 1)));

const residualAt = (residuals: Float64Array, line: Line, i: number): number =>
  residuals[i] - line.last - line.rise * (i - residuals.length + 1);

function largestOf(residuals: Float64Array, line: Line): number {
  let largest = 0;
  for (let i = 0; i < residuals.length; i++) largest = Math.max(largest, Math.abs(residualAt(residuals, line, i)));
  return largest;
}

/** What to add to a line for the least weighted squares. */
function newton(residuals: Float64Array, line: Line, isRiseKnown: boolean, weight: (r: number) => number): Line {
  let w0 = 0;
  let w1 = 0;
  let w2 = 0;
  let g0 = 0;
  let g1 = 0;
  for (let i = 0; i < residuals.length; i++) {
    const x = i - residuals.length + 1;
    const r = residualAt(residuals, line, i);
    const w = weight(r);
    w0 += w;
    w1 += w * x;
    w2 += w * x * x;
    g0 += w * r;
    g1 += w * x * r;
  }
  if (isRiseKnown) return { last: g0 / w0, rise: 0 };
  const determinant = w0 * w2 - w1 * w1;
  return { last: (w2 * g0 - w1 * g1) / determinant, rise: (w0 * g1 - w1 * g0) / determinant };
}
