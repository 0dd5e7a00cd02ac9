/**
 * Where a queue's own clock stands on ours, both in ms. They run evenly (the kernel's high resolution timers and `now`
 * both go by CLOCK_MONOTONIC), but a look at the queue's clock gives it short by how late its timer was last, and by the
 * way back from the kernel. So the earliest that its beginning ever seemed to be is believed.
 */
export interface QueueClock {
  /** When the queue's clock showed 0, on ours. */
  readonly origin: number;
  /** The queue's clock has begun anew. */
  restart(): void;
  /** It showed `time` just before `now`. Gives by how much its timer was late then, at most. Realtime-safe: yes. */
  read(time: number, now: number): number;
}

/**
 * What is believed creeps later by so much of the time that passes, so that clocks which do part are followed: 36 ms in
 * an hour. From one look to the next it is nothing.
 */
const CREEP = 1e-5;
/** A belief is held until it is wrong by so much, in ms: else notes that lie on the edge of a step would flicker. */
const HOLD = 0.02;

export function queueClock(): QueueClock {
  let best = Number.POSITIVE_INFINITY;
  let origin = Number.POSITIVE_INFINITY;
  let last = 0;
  return {
    get origin() {
      return origin;
    },
    restart: () => {
      best = Number.POSITIVE_INFINITY;
      origin = Number.POSITIVE_INFINITY;
    },
    read: (time, now) => {
      const seen = now - time;
      best = Math.min(seen, best + CREEP * (now - last));
      last = now;
      if (!(Math.abs(best - origin) <= HOLD)) origin = best;
      return Math.max(0, seen - origin);
    },
  };
}
