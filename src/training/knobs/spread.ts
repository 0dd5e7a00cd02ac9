/** Numbers of a block: traits, then statistics. NaN: not defined. */
export type Reading = Float64Array;

/** Of each number of the readings, over those in which it is defined. */
export interface Spread {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What lies outside of these percentiles is rare in the music that bounds a range. */
const LOW = 0.01;
const HIGH = 0.99;

export function spreadOf(readings: readonly Reading[]): Spread {
  const each = numbersOf(readings);
  const mean = Float64Array.from(each, meanOf);
  return {
    mean,
    deviation: Float64Array.from(each, (values, k) => Math.sqrt(meanOf(values.map((x) => (x - mean[k]) ** 2)))),
  };
}

/** 1st and 99th percentile. */
export function boundsOf(readings: readonly Reading[]): Bounds {
  const each = numbersOf(readings).map((values) => values.sort((a, b) => a - b));
  const at = (share: number): Float64Array =>
    Float64Array.from(each, (values) => values[Math.round(share * (values.length - 1))] ?? Number.NaN);
  return { low: at(LOW), high: at(HIGH) };
}

/**
 * Bounds for means, further apart by the floors, below which nothing differs; and where a model's own mean lies outside
 * already, there: a knob shall not lead further away.
 */
export const widened = ({ low, high }: Bounds, { mean }: Spread, floors: readonly number[]): Bounds => ({
  low: low.map((x, k) => Math.min(x - floors[k], mean[k])),
  high: high.map((x, k) => Math.max(x + floors[k], mean[k])),
});

export const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The defined ones of each number. */
export const numbersOf = (readings: readonly Reading[]): number[][] =>
  Array.from(readings[0] ?? [], (_, k) => readings.map((reading) => reading[k]).filter((x) => !Number.isNaN(x)));
