import type { Values } from '../bridge/control/controls.js';
import type { Millis } from '../music/units.js';

/** A value on its way to another one, evenly. */
export interface Ramp {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
  readonly begun: Millis;
  readonly ends: Millis;
  /** It moves at most so often. */
  readonly every: Millis;
  /** What was asked for at once is one change, and so has one number. */
  readonly change: number;
  /** Whether anything of that change has moved yet. */
  readonly isMoving: boolean;
  /** Where it was put last, and when. */
  readonly at: number;
  readonly put: Millis;
}

/** At most one of each path. */
export type Ramps = readonly Ramp[];

/** Of the ramps of one change, what is due now. */
export interface Due {
  readonly change: number;
  /** Nothing of it has moved before: what can be taken back begins here. */
  readonly isFirst: boolean;
  readonly values: Values;
}

/** Without those of these paths. */
export const endedAt = (ramps: Ramps, paths: readonly string[]): Ramps =>
  ramps.filter(({ path }) => !paths.includes(path));

/** Those begun now in the place of others of their paths. */
export const begunAnew = (ramps: Ramps, begun: Ramps): Ramps => [
  ...endedAt(
    ramps,
    begun.map(({ path }) => path),
  ),
  ...begun,
];

/**
 * What is to be put where by now, change by change. A value that stands elsewhere than its ramp has put it was turned by
 * another hand, taken back, or is there no more: its ramp has ended.
 */
export function advanced(ramps: Ramps, now: Millis, values: Values): { readonly ramps: Ramps; readonly due: Due[] } {
  const held = ramps.filter(({ path, at }) => values[path] === at);
  const moving = new Map<number, { isFirst: boolean; values: Record<string, number> }>();
  const put = held.map((ramp) => {
    const at = placeAt(ramp, now);
    const isOver = now >= ramp.ends;
    if (at === ramp.at || (!isOver && now - ramp.put < ramp.every)) return ramp;
    const change = moving.get(ramp.change) ?? { isFirst: !ramp.isMoving, values: {} };
    moving.set(ramp.change, change);
    change.values[ramp.path] = at;
    return { ...ramp, at, put: now };
  });
  return {
    ramps: put
      .filter(({ ends }) => now < ends)
      .map((ramp) => (moving.has(ramp.change) ? { ...ramp, isMoving: true } : ramp)),
    due: Array.from(moving, ([change, due]) => ({ change, ...due })),
  };
}

function placeAt({ from, to, isWhole, begun, ends }: Ramp, now: Millis): number {
  if (now >= ends) return to;
  const place = from + ((to - from) * Math.max(0, now - begun)) / (ends - begun);
  return isWhole ? Math.round(place) : place;
}
