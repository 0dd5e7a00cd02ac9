import { spearman } from './ranks.js';
import type { Reading } from './spread.js';

/** A knob at `value`, what was heard then, and what without it; of blocks that have notes. */
export interface Observation {
  readonly value: number;
  readonly reading: Reading;
  readonly before: Reading | null;
}

export interface Effect {
  readonly rho: number;
  readonly leak: number;
  /** Index of the trait that it leaks into most; null where there is no other. */
  readonly into: number | null;
}

/** Of the knob's value with what is heard. */
export const heardEffect = (seen: readonly Observation[], own: number, others: readonly number[]): Effect =>
  effectBy(seen, own, others, ({ reading }, k) => reading[k]);

/** Of the knob's value with what it changed. */
export const changedEffect = (seen: readonly Observation[], own: number, others: readonly number[]): Effect =>
  effectBy(seen, own, others, ({ reading, before }, k) => (before === null ? Number.NaN : reading[k] - before[k]));

function effectBy(
  seen: readonly Observation[],
  own: number,
  others: readonly number[],
  number: (one: Observation, k: number) => number,
): Effect {
  const values = seen.map(({ value }) => value);
  const rho = (k: number): number =>
    spearman(
      values,
      seen.map((one) => number(one, k)),
    );
  const leaks = others.filter((k) => k !== own).map((k) => ({ k, leak: Math.abs(rho(k)) }));
  const most = leaks.reduce<{ k: number; leak: number } | null>(
    (a, b) => (a === null || b.leak > a.leak ? b : a),
    null,
  );
  return { rho: rho(own), leak: most?.leak ?? 0, into: most?.k ?? null };
}
