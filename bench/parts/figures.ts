/** What many times come to, in ms. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Of one time at least. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (q: number): number => rounded(sorted[Math.ceil(q * sorted.length) - 1]!);
  return { count: sorted.length, p50: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999), max: quantile(1) };
}

/** Points of the tail: a time in ms, and the share of the times that are as long or longer; 12 points a decade. */
export function tailOf(times: readonly number[]): readonly (readonly [number, number])[] {
  const sorted = times.toSorted((a, b) => b - a);
  const points: [number, number][] = [];
  for (let k = 0; 10 ** (-k / 12) * sorted.length > 1; k++) {
    const rank = Math.ceil(10 ** (-k / 12) * sorted.length);
    points.push([rounded(sorted[rank - 1]!), rank / sorted.length]);
  }
  points.push([rounded(sorted[0]!), 1 / sorted.length]);
  return points;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Nothing here is known to better than a microsecond. */
export const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** A table on stdout: names to the left, numbers to the right with three decimals, counts as they are. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly [string, ...(number | string)[]])[],
): void {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(3) : cell)));
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)));
  for (const row of [head, ...cells]) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]! + 2))).join(''));
  }
}

/** A row of `printTable` under SPREAD_HEAD. */
export const spreadRow = (name: string, { count, p50, p99, p999, max }: Spread): [string, ...(number | string)[]] => [
  name,
  String(count),
  p50,
  p99,
  p999,
  max,
];

export const SPREAD_HEAD = ['', 'count', 'p50', 'p99', 'p99.9', 'max'];
