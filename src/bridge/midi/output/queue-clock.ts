/**
 * Where a queue's own clock stands on ours, both in ms. They run evenly (the kernel's high resolution timers and `now`
 * both go by CLOCK_MONOTONIC), but a look at the queue's clock gives it short by how late its timer was last, and by the
 * way back from the kernel. So the earliest that its beginning ever seemed to be is believed, until the queue is behind
 * it for long. It may really become earlier: where the timer makes up for a machine that stood still, ALSA counts too
 * much, and the clock gains (0.13 ms by 100 ms, measured), as do the moments at which it rings.
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
 * What is believed creeps later by so much of the time that passes, so that clocks which do part after all are followed:
 * 7 ms in an hour. In the seconds in which each look is held up it is nothing.
 */
const CREEP = 2e-6;
/** A belief is held until it is wrong by so much, in ms: else notes that lie on the edge of a step would flicker. */
const HOLD = 0.02;
/**
 * A queue that is behind our belief by more than so many ms at each of so many looks, for so many ms, is not late again
 * and again: its clock has lost time, and what was believed of it would have all notes late.
 */
const LOST = { by: 1, looks: 12, during: 250 } as const;

export function queueClock(): QueueClock {
  let best = Number.POSITIVE_INFINITY;
  let origin = Number.POSITIVE_INFINITY;
  let last = 0;
  /** Looks since the last one that was not far behind: how many, from when on, and the earliest beginning that they saw. */
  let behind = 0;
  let behindSince = 0;
  let earliest = Number.POSITIVE_INFINITY;

  const believe = (beginning: number): void => {
    best = beginning;
    origin = beginning;
    behind = 0;
  };

  const watchForLoss = (seen: number, now: number): void => {
    if (seen - origin <= LOST.by) {
      behind = 0;
      return;
    }
    if (behind === 0) {
      behindSince = now;
      earliest = seen;
    }
    behind++;
    earliest = Math.min(earliest, seen);
    if (behind >= LOST.looks && now - behindSince >= LOST.during) believe(earliest);
  };

  return {
    get origin() {
      return origin;
    },
    restart: () => believe(Number.POSITIVE_INFINITY),
    read: (time, now) => {
      const seen = now - time;
      best = Math.min(seen, best + CREEP * (now - last));
      last = now;
      if (!(Math.abs(best - origin) <= HOLD)) origin = best;
      const late = Math.max(0, seen - origin);
      watchForLoss(seen, now);
      return late;
    },
  };
}
