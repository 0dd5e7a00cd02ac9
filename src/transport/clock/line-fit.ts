/*
 * Curves of least squares through the last points of a series. In closed form, by the polynomials that are orthogonal on
 * equally spaced points, x counting from the middle of them.
 */

/** What a curve says of the newest point and of the one to come. */
export interface CurveFit {
  /** Points it goes through. */
  readonly size: number;
  /** The curve at the newest point. */
  readonly last: number;
  /** The curve one point later. */
  readonly next: number;
  /** Variance of `next` where each point errs with variance 1 (Draper and Smith, Applied Regression Analysis, ch. 1). */
  readonly variance: number;
}

/** A straight line through the last `size` (2 or more) values. */
export function fitLine(values: readonly number[], size: number): CurveFit {
  const { mean, slope } = moments(values, size);
  const last = mean + (slope * (size - 1)) / 2;
  return { size, last, next: last + slope, variance: (2 * (2 * size + 1)) / (size * (size - 1)) };
}

/** A parabola through the last `size` (4 or more) values, and `rest`, the variance of what it leaves over. */
export function fitParabola(values: readonly number[], size: number): CurveFit & { readonly rest: number } {
  const { mean, slope, bend, squares } = moments(values, size);
  const at = (x: number): number => mean + slope * x + bend * (x * x - (size * size - 1) / 12);
  const last = at((size - 1) / 2);
  const variance = (3 * (3 * size * size + 3 * size + 2)) / (size * (size - 1) * (size - 2));
  return { size, last, next: at((size + 1) / 2), variance, rest: Math.max(0, squares / (size - 3)) };
}

/** `squares`: what the parabola leaves over, squared and added up. */
function moments(values: readonly number[], size: number) {
  const first = values.length - size;
  const middle = (size - 1) / 2;
  const spread = (size * size - 1) / 12;
  const origin = values[first];
  let sum = 0;
  let sum1 = 0;
  let sum2 = 0;
  for (let i = 0; i < size; i++) {
    const x = i - middle;
    const y = values[first + i] - origin;
    sum += y;
    sum1 += x * y;
    sum2 += (x * x - spread) * y;
  }
  const slope = sum1 / (size * spread);
  const bend = size < 3 ? 0 : sum2 / ((size * spread * (size * size - 4)) / 15);
  const mean = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const x = i - middle;
    squares += (values[first + i] - origin - mean - slope * x - bend * (x * x - spread)) ** 2;
  }
  return { mean: origin + mean, slope, bend, squares };
}
