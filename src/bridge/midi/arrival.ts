import { type Millis, millis } from '../../music/units.js';

/*
 * When a message arrived. The callback runs late whenever the event loop is busy; but the driver stamps each message,
 * and gives the time since the one before it (0 for the first). So the sum of those spans is a clock of the arrivals
 * that no stall can touch. It lacks an origin, and its crystal may run a little off ours: the origin is the least
 * delay seen between it and the callbacks, for a callback can be late but never early. That least delay is let grow a
 * little all the time, so that a driver's clock that runs slow, or a lost span, cannot pull the two apart for good.
 */

/** How fast the least delay may grow, in ms per ms: five times what two crystals differ by. */
const CREEP = 5e-4;
/** Lateness beyond which no stall is believed, in ms: the computer has slept, or the driver's clock was set. */
const LOST = 1000;

export interface ArrivalClock {
  /** `delta`: ms since the message before, as the driver gives it; `heard`: when the callback ran. */
  stamp(delta: Millis, heard: Millis): Millis;
}

export function arrivalClock(): ArrivalClock {
  let driver = 0;
  let origin: number | null = null;
  let last = Number.NEGATIVE_INFINITY;
  return {
    stamp: (delta, heard) => {
      driver += delta;
      const latest = heard - driver;
      const crept: number = origin === null ? latest : origin + CREEP * Math.max(0, delta);
      origin = latest < crept || latest - crept > LOST ? latest : crept;
      last = Math.max(last, driver + origin);
      return millis(last);
    },
  };
}
