import { tickAt, timeAt } from '../../../music/timeline.js';
import { type Millis, millis, plus } from '../../../music/units.js';
import { isNoteOff, isNoteOn, MESSAGES, messageLength, SILENCERS } from '../midi-messages.js';
import { clockOut } from './clock-out.js';
import { type EarlyNotes, earlyNotes } from './early-notes.js';
import type { EarlySender } from './early-sender.js';
import type { EdgeRing } from './edge-ring.js';
import { Ledger } from './ledger.js';
import { EPOCH, LOST, PANICKED, PANICS, RELEASED, RELEASES, SIGNAL, STUCK } from './output-control.js';
import type { SentRing } from './sent-ring.js';
import { emptyTimeline, type SharedTimeline } from './shared-timeline.js';

/** What the player works on; all of it exists before the first note. */
export interface PlayerParts {
  readonly control: Int32Array;
  readonly edges: EdgeRing;
  readonly sent: SentRing;
  readonly timeline: SharedTimeline;
  readonly clock: () => Millis;
  /** Must copy the bytes, for the next message is written over them; must not throw. */
  readonly send: (message: Buffer) => void;
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
  /** A port is there: what was left sounding at a lost one is ended, and who follows our clock hears where the song is. */
  findPort(early?: EarlySender | null): void;
}

/** Stands for a due time where a message was not planned but is wanted at once. */
const RIGHT_NOW = Number.NEGATIVE_INFINITY;
/**
 * How long before it is due a note goes to the queue, in ms. A thread that wakes late by less makes no note late; a
 * longer time would have more to be taken back at each turn of a host's clock.
 */
const AHEAD = 15;

export function edgePlayer(parts: PlayerParts): EdgePlayer {
  const { control, edges, sent, timeline, clock, send } = parts;
  const ledger = new Ledger();
  /** The ledger as it will be when what is in flight has gone. */
  const foreseen = new Ledger();
  /** What sounded at a port when it went: an instrument behind an interface that is plugged in again sounds on. */
  const stranded = new Ledger();
  const fresh = emptyTimeline();
  /** The timeline that the sounding notes were played on: a release after a jump belongs to the time before it. */
  const line = emptyTimeline();
  const messages = [Buffer.alloc(0), Buffer.alloc(1), Buffer.alloc(2), Buffer.alloc(3)];
  let early: EarlyNotes | null = null;
  let everRan = false;
  let epoch = Atomics.load(control, EPOCH);
  let lastTick = 0;
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
    if (!sent.push(tick, status, data1, data2, epoch, at, time, late)) Atomics.add(control, LOST, 1);
  };

  const emit: Each = (tick, status, data1, data2, due) => {
    const time = clock();
    put(status, data1, data2);
    const isUnplanned = due === RIGHT_NOW;
    tell(tick, status, data1, data2, isUnplanned ? tick : tickAt(line, time), time, isUnplanned ? 0 : time - due);
  };

  const handOver: Each = (_, status, data1, data2, due) => early?.put(written(status, data1, data2), due);

  const tellOfLeft: Each = (tick, status, data1, data2, due) =>
    tell(tick, status, data1, data2, tickAt(line, leftAt), leftAt, leftAt - due);

  /** The messages that an edge comes to, by what sounds; each of them in turn. */
  const play = (notes: Ledger, at: number, due: number, each: Each): void => {
    const tick = edges.tick(at);
    const status = edges.status(at);
    const data1 = edges.data1(at);
    const data2 = edges.data2(at);
    const channel = status & 0x0f;
    if (isNoteOff(status, data2)) {
      if (!notes.lift(channel, data1)) return;
    } else if (isNoteOn(status, data2)) {
      // struck again while it sounds: most instruments want the off first
      if (notes.strike(channel, data1)) each(tick, MESSAGES.noteOff.status | channel, data1, 0, due);
    }
    each(tick, status, data1, data2, due);
  };

  /** The oldest edge goes, or has gone; it is echoed before it is taken out. */
  const playOldest = (due: number, each: Each): void => {
    const at = edges.ring.head();
    lastTick = edges.tick(at);
    play(ledger, at, due, each);
    edges.ring.advance();
  };

  const pulses = parts.sendsClock
    ? clockOut(clock, send, (message, due, at) => {
        if (early === null) {
          send(message);
          return;
        }
        early.put(message, due);
        early.close(at, due, due, true);
      })
    : null;

  const usePort = (sender: EarlySender | null): void => {
    const leave = (due: number, time: Millis): void => {
      leftAt = time;
      playOldest(due, tellOfLeft);
    };
    early = sender === null ? null : earlyNotes({ control, sender, clock, leave });
  };

  const releaseNote = (channel: number, pitch: number): void =>
    emit(lastTick, MESSAGES.noteOff.status | channel, pitch, 0, RIGHT_NOW);

  /** Nobody need hear of it: the recorder has heard, or will, of its planned end. */
  const endUnheard = (channel: number, pitch: number): void => put(MESSAGES.noteOff.status | channel, pitch, 0);

  /**
   * What is in flight is in the ring again, but for what is seen to have left. What may have left unseen is ended:
   * nothing sounds that the ledger does not know of.
   */
  const takeBack = (): void => {
    if (early === null || early.edges + early.pulses === 0) return;
    early.takeBack();
    pulses?.takeBack(early.pulses);
    for (let i = 0; i < early.unsure; i++) {
      const at = edges.ring.head(i);
      const status = edges.status(at);
      const pitch = edges.data1(at);
      const isOn = isNoteOn(status, edges.data2(at));
      if (isOn && !ledger.sounds(status & 0x0f, pitch)) endUnheard(status & 0x0f, pitch);
    }
    early.forget();
  };

  const comeToNow = (): void => {
    takeBack();
    if (everRan && ledger.sounding > 0) lastTick = Math.max(lastTick, tickAt(line, clock()));
  };

  const release = (): void => {
    comeToNow();
    ledger.drain(releaseNote);
  };

  const panic = (): void => {
    comeToNow();
    ledger.drainAll(releaseNote, endUnheard);
    for (let channel = 0; channel < 16; channel++) {
      if (!ledger.wasPlayed(channel)) continue;
      for (let i = 0; i < SILENCERS.length; i++) put(MESSAGES.controlChange.status | channel, SILENCERS[i], 0);
    }
  };

  /** The next edge that was not handed over, to the queue or, where there is none, at once. */
  const playNext = (at: number, due: number, asked: number): void => {
    if (early === null) {
      playOldest(due, emit);
      return;
    }
    if (early.edges === 0) foreseen.copy(ledger);
    play(foreseen, at, asked, handOver);
    early.close(edges.tick(at), due, asked, false);
  };

  /** Plays what is due within `ahead` ms; gives the time until there is more to do, but for what is in flight. */
  const playDue = (seen: number, running: boolean, ahead: number): number => {
    for (;;) {
      const handed = early?.edges ?? 0;
      if (edges.ring.length() <= handed) break;
      const at = edges.ring.head(handed);
      // epoch, timeline and edges were read one after the other: they belong together only if nothing was changed
      if (Atomics.load(control, SIGNAL) !== seen || edges.epoch(at) > epoch) return 0;
      if (edges.epoch(at) === epoch) {
        if (!running) return Number.POSITIVE_INFINITY;
        const due = timeAt(line, edges.tick(at));
        // edges go in the order in which they came
        const asked = Math.max(due, early?.lastEdge ?? due);
        const wait = asked - clock() - ahead;
        // a pulse goes before the notes of its tick: who counts pulses would take them for the tick before
        const pulse = pulses?.pulse(asked, ahead) ?? Number.POSITIVE_INFINITY;
        if (wait > 0) return Math.min(wait, pulse);
        if (early?.isFull) return Number.POSITIVE_INFINITY;
        // a pulse went before it, for it was planned too late
        if (early !== null && asked < early.last) takeBack();
        else playNext(at, due, asked);
      } else if (handed === 0) edges.ring.advance();
      // it is the oldest that leaves the ring: those in flight first
      else return Number.POSITIVE_INFINITY;
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
      if (wanted !== epoch || releases !== Atomics.load(control, RELEASED) || !running) release();
      if (wanted !== epoch) lastTick = Number.NEGATIVE_INFINITY;
      epoch = wanted;
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
      if (early === null) return playDue(seen, running, 0);
      const wait = playDue(seen, running, AHEAD);
      early.flush();
      return Math.min(wait, early.wait());
    },
    get isEarly() {
      return early !== null;
    },
    adopt: (channel, pitch, tick) => {
      ledger.strike(channel, pitch);
      lastTick = Math.max(lastTick, tick);
    },
    release: () => {
      release();
      pulses?.stop();
    },
    losePort: () => {
      takeBack();
      early = null;
      ledger.visit((channel, pitch) => stranded.strike(channel, pitch));
    },
    findPort: (sender = null) => {
      usePort(sender);
      stranded.drain(endUnheard);
      pulses?.meet();
    },
  };
}

/** What is done with a message of an edge: its tick, its bytes, and when it is due. */
type Each = (tick: number, status: number, data1: number, data2: number, due: number) => void;
