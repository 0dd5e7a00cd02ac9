import { timeAt } from '../../../music/timeline.js';
import { type Millis, millis, tick } from '../../../music/units.js';
import type { EarlySender } from './early-sender.js';
import { inFlight } from './in-flight.js';
import { REFUSED } from './output-control.js';
import type { MutableTimeline } from './shared-timeline.js';

/**
 * What the player has handed to a queue of the kernel's before it was due, until it is seen to have left. Its edges stay
 * in the ring until then. Realtime-safe: yes, all of it. Times in ms.
 */
export interface EarlyNotes {
  /** Edges and pulses that have not been seen to have left. */
  readonly edges: number;
  readonly pulses: number;
  readonly isFull: boolean;
  /** For when the last entry was asked, and the last edge; -Infinity where there is none. */
  readonly last: number;
  readonly lastEdge: number;
  /** The time until something may be seen to have left, or the queue may rest; Infinity where it rests. */
  wait(): number;
  /**
   * An edge or a pulse comes to these messages, asked for at a moment not before the last one: `put` one by one, then
   * `close`, which says its tick and when it was due.
   */
  put(message: Buffer, asked: number): void;
  close(at: number, due: number, asked: number, isPulse: boolean): void;
  flush(): void;
  /** Has what has left echoed, and lets the queue rest where nothing came for long. False where the queue stands still: nothing more may be handed to it. */
  land(): boolean;
  /**
   * Takes out of the queue what has not left; `edges` and `pulses` say how many came back, until `forget`. Of these
   * edges the oldest `unsure` may have left during the call.
   */
  takeBack(): void;
  readonly unsure: number;
  forget(): void;
  /** Whether something that could be taken back was handed over for another time than these lines give. */
  isBent(notes: MutableTimeline, clock: MutableTimeline): boolean;
}

export interface EarlyParts {
  readonly control: Int32Array;
  readonly sender: EarlySender;
  readonly clock: () => Millis;
  /** The oldest edge in the ring has left the queue, at `time` as far as can be told: echoes it and takes it out. */
  readonly leave: (due: number, time: Millis) => void;
}

/** From the moment that a message goes until a look for it, in ms: late messages are seen then, the others have left. */
const SETTLE = 0.5;
/** What goes so soon is not taken back for another tempo, in ms: it might leave meanwhile. */
const TOO_SOON = 1;
/** By so much, in ms, something may leave before it goes by our reckoning: a step of the queue, and a look's delay. */
const EARLIEST = 0.3;
/** A bend of the tempo that moves nothing in flight by more, in ms, leaves it where it is: the queue's own step is 0.2. */
const SLIGHT = 0.1;
/** The queue's timer, which rings 5000 times a second, is stopped when nothing has come for so long, in ms. */
const IDLE = 2000;
/** A queue in which a message waits so much longer than it should, in ms, has stopped. */
const STOPPED = 1000;

export function earlyNotes({ control, sender, clock, leave }: EarlyParts): EarlyNotes {
  const flight = inFlight();
  /** The last moment at which the oldest entry was seen to wait still. */
  let stillThere = Number.NEGATIVE_INFINITY;
  let count = 0;
  let goes = 0;
  let last = 0;
  let restsAt = Number.POSITIVE_INFINITY;
  let lastEdge = 0;
  let unsure = 0;

  /** Those have left, the oldest first, that are not among the messages that waited at the last look. */
  const landAll = (): void => {
    let left = flight.messages - sender.waiting;
    while (flight.length > 0 && flight.count(0) <= left) {
      left -= flight.count(0);
      const moment = flight.goes(0);
      const due = flight.due(0);
      const isPulse = flight.isPulse(0);
      flight.shift();
      if (!isPulse) leave(due, millis(Math.max(moment + sender.late, stillThere)));
    }
  };

  return {
    get edges() {
      return flight.edges;
    },
    get pulses() {
      return flight.pulses;
    },
    get isFull() {
      return flight.isFull;
    },
    get last() {
      return flight.length === 0 ? Number.NEGATIVE_INFINITY : last;
    },
    get lastEdge() {
      return flight.edges === 0 ? Number.NEGATIVE_INFINITY : lastEdge;
    },
    wait: () => {
      if (flight.length > 0) return Math.max(0, Math.max(flight.goes(0), stillThere) + SETTLE - clock());
      return Math.max(0, restsAt - clock());
    },
    put: (message, asked) => {
      goes = sender.put(message, asked);
      count++;
    },
    close: (at, due, asked, isPulse) => {
      flight.push(at, due, count === 0 ? asked : goes, count, isPulse);
      count = 0;
      last = asked;
      restsAt = asked + IDLE;
      if (!isPulse) lastEdge = asked;
    },
    flush: () => {
      if (!sender.flush()) Atomics.add(control, REFUSED, 1);
    },
    land: () => {
      if (flight.length === 0) {
        if (restsAt > clock()) return true;
        restsAt = Number.POSITIVE_INFINITY;
        sender.rest();
        return true;
      }
      if (flight.goes(0) + SETTLE > clock()) return true;
      sender.look();
      landAll();
      const isHeldUp = flight.length > 0 && flight.goes(0) + SETTLE <= clock();
      stillThere = isHeldUp ? clock() : Number.NEGATIVE_INFINITY;
      return !isHeldUp || flight.goes(0) + STOPPED > clock();
    },
    takeBack: () => {
      sender.takeBack();
      landAll();
      stillThere = Number.NEGATIVE_INFINITY;
      unsure = 0;
      const until = clock() + EARLIEST;
      for (let i = 0; i < flight.length && flight.goes(i) <= until; i++) if (!flight.isPulse(i)) unsure++;
    },
    get unsure() {
      return unsure;
    },
    forget: flight.clear,
    isBent: (notes, pulses) => {
      if (flight.length === 0 || flight.goes(0) < clock() + TOO_SOON) return false;
      for (let i = 0; i < flight.length; i++) {
        const due = timeAt(flight.isPulse(i) ? pulses : notes, tick(flight.tick(i)));
        if (Math.abs(due - flight.due(i)) > SLIGHT) return true;
      }
      return false;
    },
  };
}
