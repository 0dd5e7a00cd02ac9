import { tickAt, timeAt } from '../../../music/timeline.js';
import { type Millis, millis, plus } from '../../../music/units.js';
import { isNoteOff, isNoteOn, MESSAGES, messageLength, SILENCERS } from '../midi-messages.js';
import { clockOut } from './clock-out.js';
import { type EarlyNotes, earlyNotes } from './early-notes.js';
import type { EarlySender } from './early-sender.js';
import type { EdgeRing } from './edge-ring.js';
import type { EpochStarts } from './epoch-starts.js';
import { EDGE, PULSE, TAKE_OVER } from './in-flight.js';
import { EPOCH, LOST, PANICKED, PANICS, RELEASED, RELEASES, SIGNAL, STUCK } from './output-control.js';
import { type Each, type Playhead, playhead } from './playhead.js';
import type { SentRing } from './sent-ring.js';
import { emptyTimeline, type SharedTimeline } from './shared-timeline.js';
import { Stranded } from './stranded.js';

/** What the player works on; all of it exists before the first note. */
export interface PlayerParts {
  readonly control: Int32Array;
  readonly edges: EdgeRing;
  readonly sent: SentRing;
  readonly starts: EpochStarts;
  readonly timeline: SharedTimeline;
  readonly clock: () => Millis;
  /** Must copy the bytes, for the next message is written over them; must not throw. */
  readonly send: (message: Buffer) => void;
  /** Has what was given to `send` since the last time go out, where that only collects. */
  readonly flush?: () => void;
  /** The queue before the port, where it has one: what is due soon is handed to it. Other messages are sent past it. */
  readonly early?: EarlySender | null;
  /** Whether MIDI clock goes out too. It is not echoed. */
  readonly sendsClock?: boolean;
}

/** The realtime half of the output: sends what is due. Realtime-safe: yes, all of it, but for a port's coming. */
export interface EdgePlayer {
  /**
   * Sends every edge that is due, drops every stale one, and releases what sounds, or panics, where that was asked
   * for; releases too where the timeline has ended. `seen` is the signal word as it was before the call. Gives the time
   * until it is to be called again: Infinity where only a signal can bring more to do, 0 for at once.
   */
  advance(seen: number): number;
  /** Whether edges go through a queue, and so nothing depends on when exactly `advance` is called. */
  readonly isEarly: boolean;
  /** Takes over a note that an earlier player left sounding. `tick` is where it last sent. */
  adopt(channel: number, pitch: number, tick: number): void;
  /** Sends an off for every sounding note, and Stop to who follows our clock. */
  release(): void;
  /** The port is gone: what sounds there is out of reach. Its notes go on, for the recorder, and end unheard. */
  losePort(): void;
  /** A port is there: what a lost one may hold is ended, and who follows our clock hears where the song is. */
  findPort(early?: EarlySender | null): void;
}

/** Stands for a place in the ring where there is none. */
const NOTHING = -1;
/** The start of an epoch before which nothing more is played. */
const AT_ONCE = Number.NEGATIVE_INFINITY;
/** Stands for a due time where a message was not planned but is wanted at once. */
const RIGHT_NOW = Number.NEGATIVE_INFINITY;
/** Messages that an edge comes to, at most. */
const MOST_OF_AN_EDGE = 2;
/**
 * How long before it is due a step goes to the queue, in ms. A thread that wakes late by less makes no note late; a
 * longer time would have more to be taken back at each turn of a host's clock.
 */
const AHEAD = 15;

export function edgePlayer(parts: PlayerParts): EdgePlayer {
  const { control, edges, sent, starts, timeline, clock, send } = parts;
  /** The newest epoch, which is to take over once it begins. */
  let newest = Atomics.load(control, EPOCH);
  const played = playhead(edges, newest);
  /** Where `played` will be when what is in flight has gone. */
  const foreseen = playhead(edges, newest);
  const stranded = new Stranded();
  const fresh = emptyTimeline();
  /** The timeline that the sounding notes were played on: a release after a jump belongs to the time before it. */
  const line = emptyTimeline();
  const messages = [Buffer.alloc(0), Buffer.alloc(1), Buffer.alloc(2), Buffer.alloc(3)];
  let early: EarlyNotes | null = null;
  let everRan = false;
  /** When what is being echoed left a queue. */
  let leftAt = millis(0);

  const written = (status: number, data1: number, data2: number): Buffer => {
    const message = messages[messageLength(status)];
    message[0] = status;
    message[1] = data1;
    message[2] = data2;
    return message;
  };

  const put = (status: number, data1: number, data2: number): void => send(written(status, data1, data2));

  const tell = (tick: number, status: number, data1: number, data2: number, at: number, time: number, late: number) => {
    if (isNoteOff(status, data2)) stranded.end(status & 0x0f, data1, millis(time));
    if (!sent.push(tick, status, data1, data2, played.epoch, at, time, late)) Atomics.add(control, LOST, 1);
  };

  const emit: Each = (tick, status, data1, data2, due) => {
    const time = clock();
    put(status, data1, data2);
    const isUnplanned = due === RIGHT_NOW;
    tell(tick, status, data1, data2, isUnplanned ? tick : tickAt(line, time), time, isUnplanned ? 0 : time - due);
  };

  const enqueue: Each = (_, status, data1, data2, asked) => early?.put(written(status, data1, data2), asked);

  const tellOfLeft: Each = (tick, status, data1, data2, due) =>
    tell(tick, status, data1, data2, tickAt(line, leftAt), leftAt, leftAt - due);

  /** Nobody need hear of it: the recorder has heard, or will, of its planned end. */
  const endUnheard = (channel: number, pitch: number): void => put(MESSAGES.noteOff.status | channel, pitch, 0);

  const pulses = parts.sendsClock
    ? clockOut(clock, send, (message, due, at) => {
        if (early === null) {
          send(message);
          return;
        }
        early.put(message, due);
        early.close(PULSE, at, due, due);
      })
    : null;

  /** What has left a queue has been played; it is echoed before it is taken out of the ring. */
  const leave = (kind: number, at: number, due: number, time: Millis, count: number): void => {
    leftAt = time;
    if (kind === EDGE) played.play(edges.ring.head(), due, tellOfLeft);
    else if (kind === TAKE_OVER) played.takeOver(at, due, tellOfLeft);
    for (let i = 0; i < count; i++) edges.ring.advance();
  };

  /** What may sound unseen is ended: nothing sounds that the ledger does not know of. */
  const mayHaveLeft = (after: number): void => {
    const at = edges.ring.head(after);
    const channel = edges.status(at) & 0x0f;
    const pitch = edges.data1(at);
    const isOn = isNoteOn(edges.status(at), edges.data2(at));
    if (isOn && !played.ledger.sounds(channel, pitch)) endUnheard(channel, pitch);
  };

  /** What was sent goes out in one call of the system's, not in one for each note: all ends together, and sooner. */
  const flush = (): void => {
    if (early === null) parts.flush?.();
    else early.flush();
  };

  const usePort = (sender: EarlySender | null): void => {
    early = sender === null ? null : earlyNotes({ control, sender, clock, leave, mayHaveLeft });
  };

  /** What is in flight is yet to be played again, but for what is seen to have left. */
  const takeBack = (): void => {
    const count = early?.takeBack() ?? 0;
    pulses?.takeBack(count);
  };

  const comeToNow = (): void => {
    takeBack();
    if (everRan && played.ledger.sounding > 0) played.tick = Math.max(played.tick, tickAt(line, clock()));
  };

  const release = (): void => {
    comeToNow();
    played.end(RIGHT_NOW, emit);
    flush();
  };

  const panic = (): void => {
    comeToNow();
    played.end(RIGHT_NOW, emit, endUnheard);
    for (let channel = 0; channel < 16; channel++) {
      if (!played.ledger.wasPlayed(channel)) continue;
      for (let i = 0; i < SILENCERS.length; i++) put(MESSAGES.controlChange.status | channel, SILENCERS[i], 0);
    }
    flush();
  };

  /** Whether what plays was to end at once. */
  const isOver = (): boolean => starts.after(played.epoch, newest) === AT_ONCE;

  /** A step: the edge at `at` or, where that is none, the take-over at `tick`. */
  const step = (head: Playhead, at: number, tick: number, due: number, each: Each): void => {
    if (at === NOTHING) head.takeOver(tick, due, each);
    else head.play(at, due, each);
  };

  const doStep = (at: number, tick: number, due: number): void => {
    step(played, at, tick, due, emit);
    if (at !== NOTHING) edges.ring.advance();
  };

  const handOver = (queue: EarlyNotes, at: number, tick: number, due: number, asked: number): void => {
    if (queue.steps === 0) foreseen.copy(played);
    step(foreseen, at, tick, asked, enqueue);
    queue.close(at === NOTHING ? TAKE_OVER : EDGE, tick, due, asked);
  };

  /** Plays what is due within `ahead` ms; gives the time until there is more to do, but for what is in flight. */
  const playDue = (seen: number, running: boolean, ahead: number): number => {
    for (;;) {
      const head = early === null || early.steps === 0 ? played : foreseen;
      const handed = early?.edges ?? 0;
      const next = edges.ring.length() > handed ? edges.ring.head(handed) : NOTHING;
      if (next === NOTHING && head.epoch === newest) break;
      // epoch, timeline and edges were read one after the other: they belong together only if nothing was changed
      if (Atomics.load(control, SIGNAL) !== seen || (next !== NOTHING && edges.epoch(next) > newest)) return 0;
      const start = starts.after(head.epoch, newest);
      const isOurs = next !== NOTHING && edges.epoch(next) === head.epoch && edges.tick(next) < start;
      if (next !== NOTHING && edges.epoch(next) <= head.epoch && !isOurs) {
        // it is the oldest that leaves the ring: those in flight first
        if (!early?.drop()) edges.ring.advance();
        continue;
      }
      if (!running) return Number.POSITIVE_INFINITY;
      const at = isOurs ? next : NOTHING;
      const tick = isOurs ? edges.tick(next) : start;
      const due = timeAt(line, tick);
      // steps go in the order in which they came
      const asked = Math.max(due, early?.lastStep ?? due);
      // a pulse goes before the notes of its tick: who counts pulses would take them for the tick before
      const pulse = pulses?.pulse(asked, ahead) ?? Number.POSITIVE_INFINITY;
      const most = isOurs ? MOST_OF_AN_EDGE : head.ledger.sounding;
      // what is late already goes at once: a queue that rests would first have to begin to ring
      const isLate = asked <= clock() && early?.last === Number.NEGATIVE_INFINITY;
      const queue = !isLate && early?.mayHold(most) ? early : null;
      const wait = asked - clock() - (queue === null ? 0 : ahead);
      if (wait > 0) return Math.min(wait, pulse);
      // what is in flight has to leave first: before what this thread sends itself, and where there is no room
      if (queue === null ? head === foreseen : !queue.hasRoom(most)) return Number.POSITIVE_INFINITY;
      if (queue === null) doStep(at, tick, due);
      // a pulse went before it, for it was planned too late
      else if (asked < queue.last) takeBack();
      else handOver(queue, at, tick, due, asked);
    }
    return pulses?.pulse(Number.POSITIVE_INFINITY, ahead) ?? Number.POSITIVE_INFINITY;
  };

  usePort(parts.early ?? null);
  return {
    advance: (seen) => {
      // in the opposite order to the main thread's writing: an epoch may be seen before its release, never after
      const releases = Atomics.load(control, RELEASES);
      const wanted = Atomics.load(control, EPOCH);
      const running = timeline.read(fresh);
      if (early !== null && !early.land()) {
        takeBack();
        early = null;
        Atomics.add(control, STUCK, 1);
      }
      // a newer epoch begins before the end of what is in flight
      if (early !== null && starts.after(newest, wanted) <= early.furthest) takeBack();
      newest = wanted;
      if (releases !== Atomics.load(control, RELEASED) || !running || isOver()) release();
      while (played.epoch < newest && (!running || isOver())) {
        played.epoch++;
        played.tick = Number.NEGATIVE_INFINITY;
      }
      Atomics.store(control, RELEASED, releases);
      const panics = Atomics.load(control, PANICS);
      if (panics !== Atomics.load(control, PANICKED)) panic();
      Atomics.store(control, PANICKED, panics);
      if (running) {
        everRan = true;
        line.tempo = fresh.tempo;
        line.tickOrigin = fresh.tickOrigin;
        line.timeOrigin = plus(fresh.timeOrigin, fresh.offset);
        if (early?.isBent(line, fresh)) takeBack();
        pulses?.follow(fresh);
      } else pulses?.stop();
      const wait = playDue(seen, running, early === null ? 0 : AHEAD);
      flush();
      return Math.min(wait, early?.wait() ?? wait);
    },
    get isEarly() {
      return early !== null;
    },
    adopt: (channel, pitch, tick) => {
      played.ledger.strike(channel, pitch);
      played.tick = Math.max(played.tick, tick);
    },
    release: () => {
      release();
      pulses?.stop();
      flush();
    },
    losePort: () => {
      takeBack();
      early = null;
      stranded.lose(played.ledger, clock());
    },
    findPort: (sender = null) => {
      usePort(sender);
      stranded.drain(endUnheard);
      pulses?.meet();
      flush();
    },
  };
}
