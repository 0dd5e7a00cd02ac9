import type { Millis } from '../../../music/units.js';
import type { KernelQueue } from '../ports/kernel-queue.js';
import { queueClock } from './queue-clock.js';

/** Hands messages to the kernel's queue before they are due. Realtime-safe: yes, all of it, once it is made. Times are of our clock, ms. */
export interface EarlySender {
  /**
   * Takes a message over at `flush`, for the first moment not before `due` at which the queue sends: gives that moment.
   * By a hair (0.03 ms) it may be before or after that, where so it leaves as long after `due` as the message before did.
   */
  put(message: Uint8Array, due: number): number;
  /** False where the system refuses any of what was put since. */
  flush(): boolean;
  /** Sets `waiting` and `late`, by one look at the queue. */
  look(): void;
  /** Messages that had not left at the last look. */
  readonly waiting: number;
  /** How late the queue's timer was at the last look, in ms, at most. */
  readonly late: number;
  /** Looks, and takes back all that has not left: `waiting` says how many. One that leaves during the call counts too. */
  takeBack(): void;
  /** Nothing is in the queue, nor will be soon: its timer need not run. */
  rest(): void;
}

/**
 * The sixteenths of many tempos are due at one place between two rings. Where that place is a ring, what is believed of
 * the queue's clock, which moves by some hundredths of a millisecond, must not have them leave now at this ring, now at
 * the next: a ring that is missed by no more than this still counts, in periods, ...
 */
const IN_TIME = 0.15;
/** ... where the message before left as long after it was due, within this. */
const SAME_PLACE = 0.25;

/** Looks at a clock that has just begun to ring: of so many, one was not held up. */
const LOOKS = 8;
/** The longest wait for its first ring, in ms: other queues ring a thousand times a second. Later looks put it right. */
const FIRST_RING = 3;
/** Looks in all, where time does not pass. */
const MOST_LOOKS = 10_000;
/** Active sensing, which says nothing, for a time that no queue lives to see, in ms. */
const NOT_TO_BE_SENT = Uint8Array.of(0xfe);
const FAR = 1e9;

export function earlySender(queue: KernelQueue, clock: () => Millis): EarlySender {
  const relation = queueClock();
  let runs = false;
  /** Whether the queue had begun to ring at the last look: before, its clock is not to be believed. */
  let hasRung = false;
  let late = 0;
  let isWhole = true;
  /** How long after it was due the last message was to leave, in periods. */
  let lastWait = 0;

  /** The ring at which a message leaves that is due so many periods after the queue's beginning. */
  const ringFor = (due: number): number => {
    const first = Math.ceil(due);
    let ring = first;
    if (first - due <= IN_TIME && Math.abs(first + 1 - due - lastWait) < SAME_PLACE) ring = first + 1;
    else if (first - due >= 1 - IN_TIME && Math.abs(first - 1 - due - lastWait) < SAME_PLACE) ring = first - 1;
    lastWait = ring - due;
    return ring;
  };

  const look = (): void => {
    queue.look();
    if (!hasRung) relation.restart();
    hasRung = queue.rings > 0;
    late = relation.read(queue.time, clock());
  };

  const wake = (): void => {
    runs = true;
    hasRung = false;
    // not held up by the beginning, which takes milliseconds
    queue.flush();
    queue.start();
    const until = clock() + FIRST_RING;
    for (let good = 0, all = 0; good < LOOKS && all < MOST_LOOKS; all++) {
      look();
      if (hasRung || clock() > until) good++;
    }
  };

  const rest = (): void => {
    if (runs) queue.stop();
    runs = false;
  };

  /** Nothing is heard of it: the first call of each kind takes a millisecond or more, while it is linked and loaded. */
  const rehearse = (): void => {
    wake();
    queue.enqueue(NOT_TO_BE_SENT, FAR);
    queue.flush();
    look();
    queue.clear();
    rest();
  };

  rehearse();
  return {
    put: (message, due) => {
      if (!runs) wake();
      const ring = ringFor((due - relation.origin) / queue.period);
      // asked for between two rings, where no error of rounding reaches
      if (!queue.enqueue(message, Math.max(0, (ring - 0.5) * queue.period))) isWhole = false;
      return Math.max(relation.origin + ring * queue.period, clock());
    },
    flush: () => {
      const isTaken = queue.flush() && isWhole;
      isWhole = true;
      return isTaken;
    },
    look,
    get waiting() {
      return queue.waiting;
    },
    get late() {
      return late;
    },
    takeBack: () => {
      look();
      queue.clear();
    },
    rest,
  };
}
