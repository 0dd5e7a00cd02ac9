import { type Millis, millis } from '../../music/units.js';

/** How much may be sent unasked-for by anyone whom we know: so many at once, and so many a second from there on. */
export interface Allowance {
  /** True where so many are left, which they are then no more. */
  take(count: number, now: Millis): boolean;
}

export function newAllowance(most: number, perSecond: number): Allowance {
  let left = most;
  let at = millis(0);
  return {
    take(count, now) {
      left = Math.min(most, left + ((now - at) * perSecond) / 1000);
      at = now;
      if (left < count) return false;
      left -= count;
      return true;
    },
  };
}
