import { timeAt } from '../../../music/timeline.js';
import { type Millis, millis, tick } from '../../../music/units.js';
import type { EarlySender } from './early-sender.js';
import { EDGE, inFlight, type Kind, MOST_MESSAGES, PULSE } from './in-flight.js';
import { REFUSED } from './output-control.js';
import type { MutableTimeline } from './shared-timeline.js';

/**
 * What the player has handed to a queue of the kernel's before it was due, until it is seen to have left. Its edges stay
 * in the ring until then. Realtime-safe: yes, all of it. Times in ms.
 */
export interface EarlyNotes {
  /** Steps of the music that have not been seen to have left. */
  readonly steps: number;
  /** Edges, the oldest in the ring, that leave it with what is in flight. */
  readonly edges: number;
  /** Whether the queue could ever hold a step that comes to so many messages, and whether it can now. */
  mayHold(messages: number): boolean;
  hasRoom(messages: number): boolean;
  /** For when the last entry was asked, and the last step; -Infinity where there is none. */
  readonly last: number;
  readonly lastStep: number;
  /** The highest tick of the steps; -Infinity where there is none. */
  readonly furthest: number;
  /** The time until something may be seen to have left, or the queue may rest; Infinity where it rests. */
  wait(): number;
  /**
   * A step or a pulse comes to these messages, asked for at a moment not before the last one: `put` one by one, then
   * `close`, which says its tick and when it was due.
   */
  put(message: Buffer, asked: number): void;
  close(kind: Kind, at: number, due: number, asked: number): void;
  /** The next edge is not to be played. False where nothing is in flight: then it may leave the ring at once. */
  drop(): boolean;
  flush(): void;
  /** Has what has left echoed, and lets the queue rest where nothing came for long. False where the queue stands still: nothing more may be handed to it. */
  land(): boolean;
  /** Takes out of the queue what has not left; gives how many pulses came back. */
  takeBack(): number;
  /** Whether something that could be taken back was handed over for another time than these lines give. */
  isBent(notes: MutableTimeline, clock: MutableTimeline): boolean;
}

export interface EarlyParts {
  readonly control: Int32Array;
  readonly sender: EarlySender;
  readonly clock: () => Millis;
  /**
   * The oldest has left the queue, at `time` as far as can be told: it is echoed, and so many edges, the oldest in the
   * ring, are taken out: its own first, if it is one.
   */
  readonly leave: (kind: number, at: number, due: number, time: Millis, edges: number) => void;
  /** The edge so many places after the oldest in the ring was taken back, and may have left meanwhile. */
  readonly mayHaveLeft: (after: number) => void;
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

export function earlyNotes({ control, sender, clock, leave, mayHaveLeft }: EarlyParts): EarlyNotes {
  const flight = inFlight();
  /** The last moment at which the oldest entry was seen to wait still. */
  let stillThere = Number.NEGATIVE_INFINITY;
  let restsAt = Number.POSITIVE_INFINITY;
  /** Of the entry that is being put. */
  let count = 0;
  let goes = 0;
  let last = 0;
  let lastStep = 0;
  let furthest = 0;

  /** Whether the oldest entry has left: what comes to no message has nothing to be seen by. */
  const hasLeft = (seen: number): boolean =>
    flight.messagesOf(0) > 0 ? flight.messagesOf(0) <= seen : flight.goes(0) <= clock();

  /** Those have left, the oldest first, that are not among the messages that waited at the last look. */
  const landAll = (): void => {
    let seen = flight.messages - sender.waiting;
    while (flight.length > 0 && hasLeft(seen)) {
      seen -= flight.messagesOf(0);
      const kind = flight.kind(0);
      const at = flight.tick(0);
      const due = flight.due(0);
      const edges = flight.edgesOf(0);
      const time = millis(Math.max(flight.goes(0) + sender.late, stillThere));
      flight.shift();
      leave(kind, at, due, time, edges);
    }
  };

  /** Tells of each edge that would have gone by now: none of them was seen to have left. */
  const tellUnsure = (): void => {
    const until = clock() + EARLIEST;
    let after = 0;
    for (let i = 0; i < flight.length && flight.goes(i) <= until; i++) {
      if (flight.kind(i) === EDGE) mayHaveLeft(after);
      after += flight.edgesOf(i);
    }
  };

  return {
    get steps() {
      return flight.steps;
    },
    get edges() {
      return flight.edges;
    },
    mayHold: (messages) => messages <= MOST_MESSAGES,
    hasRoom: flight.hasRoom,
    get last() {
      return flight.length === 0 ? Number.NEGATIVE_INFINITY : last;
    },
    get lastStep() {
      return flight.steps === 0 ? Number.NEGATIVE_INFINITY : lastStep;
    },
    get furthest() {
      return flight.steps === 0 ? Number.NEGATIVE_INFINITY : furthest;
    },
    wait: () => {
      if (flight.length > 0) return Math.max(0, Math.max(flight.goes(0), stillThere) + SETTLE - clock());
      return Math.max(0, restsAt - clock());
    },
    put: (message, asked) => {
      goes = sender.put(message, asked);
      count++;
    },
    close: (kind, at, due, asked) => {
      if (kind !== PULSE) {
        furthest = flight.steps === 0 ? at : Math.max(furthest, at);
        lastStep = asked;
      }
      flight.push(kind, at, due, count === 0 ? asked : goes, count);
      count = 0;
      last = asked;
      restsAt = asked + IDLE;
    },
    drop: () => {
      if (flight.length === 0) return false;
      flight.drop();
      return true;
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
      if (flight.length === 0) return 0;
      sender.takeBack();
      landAll();
      stillThere = Number.NEGATIVE_INFINITY;
      tellUnsure();
      const pulses = flight.length - flight.steps;
      flight.clear();
      return pulses;
    },
    isBent: (notes, pulses) => {
      if (flight.length === 0 || flight.goes(0) < clock() + TOO_SOON) return false;
      for (let i = 0; i < flight.length; i++) {
        const due = timeAt(flight.kind(i) === PULSE ? pulses : notes, tick(flight.tick(i)));
        if (Math.abs(due - flight.due(i)) > SLIGHT) return true;
      }
      return false;
    },
  };
}
