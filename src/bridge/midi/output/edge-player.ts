import { tickAt, timeAt } from '../../../music/timeline.js';
import { type Millis, plus, tick } from '../../../music/units.js';
import { isNoteOff, isNoteOn, MESSAGES, messageLength, SILENCERS } from '../midi-messages.js';
import { clockOut } from './clock-out.js';
import type { EdgeRing } from './edge-ring.js';
import type { EpochStarts } from './epoch-starts.js';
import { Ledger } from './ledger.js';
import { EPOCH, LOST, PANICKED, PANICS, RELEASED, RELEASES, SIGNAL } from './output-control.js';
import type { SentRing } from './sent-ring.js';
import { emptyTimeline, type SharedTimeline } from './shared-timeline.js';

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
  /** Whether MIDI clock goes out too. It is not echoed. */
  readonly sendsClock?: boolean;
}

/** The realtime half of the output: sends what is due. Realtime-safe: yes, all of it. */
export interface EdgePlayer {
  /**
   * Sends every edge that is due, drops every stale one, and releases what sounds, or panics, where that was asked
   * for; releases too where the timeline has ended. `seen` is the signal word as it was before the call. Gives the time until the next edge: Infinity where
   * only a signal can bring one, 0 to be called again at once.
   */
  advance(seen: number): number;
  /** Takes over a note that an earlier player left sounding. `tick` is where it last sent. */
  adopt(channel: number, pitch: number, tick: number): void;
  /** Sends an off for every sounding note, and Stop to who follows our clock. */
  release(): void;
  /** The port is gone: what sounds there is out of reach. Its notes go on, for the recorder, and end unheard. */
  losePort(): void;
  /** A port is there: what was left sounding at a lost one is ended, and who follows our clock hears where the song is. */
  findPort(): void;
}

/** Stands for a place in the ring where there is none, and for the end of an epoch that has none. */
const NOTHING = -1;
const END = tick(Number.POSITIVE_INFINITY);

/** Stands for a due time where a message was not planned but is wanted at once. */
const RIGHT_NOW = Number.NEGATIVE_INFINITY;

export function edgePlayer(parts: PlayerParts): EdgePlayer {
  const { control, edges, sent, starts, timeline, clock, send } = parts;
  const pulses = parts.sendsClock ? clockOut(clock, send) : null;
  const ledger = new Ledger();
  /** What sounded at a port when it went: an instrument behind an interface that is plugged in again sounds on. */
  const stranded = new Ledger();
  const fresh = emptyTimeline();
  /** The timeline that the sounding notes were played on: a release after a jump belongs to the time before it. */
  const line = emptyTimeline();
  const messages = [Buffer.alloc(0), Buffer.alloc(1), Buffer.alloc(2), Buffer.alloc(3)];
  let everRan = false;
  let epoch = Atomics.load(control, EPOCH);
  let lastTick = 0;

  const put = (status: number, data1: number, data2: number): void => {
    const message = messages[messageLength(status)];
    message[0] = status;
    message[1] = data1;
    message[2] = data2;
    send(message);
  };

  const emit = (tick: number, status: number, data1: number, data2: number, due: number): void => {
    const time = clock();
    put(status, data1, data2);
    const late = due === RIGHT_NOW ? 0 : time - due;
    const at = due === RIGHT_NOW ? tick : tickAt(line, time);
    if (!sent.push(tick, status, data1, data2, epoch, at, time, late)) Atomics.add(control, LOST, 1);
  };

  const play = (at: number, due: number): void => {
    const tick = edges.tick(at);
    const status = edges.status(at);
    const data1 = edges.data1(at);
    const data2 = edges.data2(at);
    const channel = status & 0x0f;
    lastTick = tick;
    if (isNoteOff(status, data2)) {
      if (!ledger.lift(channel, data1)) return;
    } else if (isNoteOn(status, data2)) {
      // struck again while it sounds: most instruments want the off first
      if (ledger.strike(channel, data1)) emit(tick, MESSAGES.noteOff.status | channel, data1, 0, due);
    }
    emit(tick, status, data1, data2, due);
  };

  /** When the notes that are being released were due to end. */
  let ending = RIGHT_NOW;
  const releaseNote = (channel: number, pitch: number): void =>
    emit(lastTick, MESSAGES.noteOff.status | channel, pitch, 0, ending);

  /** Nobody need hear of it: the recorder has heard, or will, of its planned end. */
  const endUnheard = (channel: number, pitch: number): void => put(MESSAGES.noteOff.status | channel, pitch, 0);

  const comeToNow = (): void => {
    if (everRan && ledger.sounding > 0) lastTick = Math.max(lastTick, tickAt(line, clock()));
  };

  const release = (): void => {
    comeToNow();
    ledger.drain(releaseNote);
  };

  /** The next epoch begins: what sounds ends there or, where it was struck since, at once; so too where it has no start. */
  const takeOver = (start: number, due: number): void => {
    lastTick = Math.max(lastTick, start);
    ending = due;
    if (start === Number.NEGATIVE_INFINITY) comeToNow();
    ledger.drain(releaseNote);
    ending = RIGHT_NOW;
    lastTick = start;
    epoch++;
  };

  const panic = (): void => {
    comeToNow();
    ledger.drainAll(releaseNote, endUnheard);
    for (let channel = 0; channel < 16; channel++) {
      if (!ledger.wasPlayed(channel)) continue;
      for (let i = 0; i < SILENCERS.length; i++) put(MESSAGES.controlChange.status | channel, SILENCERS[i], 0);
    }
  };

  return {
    advance: (seen) => {
      // in the opposite order to the main thread's writing: an epoch may be seen before its release, never after
      const releases = Atomics.load(control, RELEASES);
      const wanted = Atomics.load(control, EPOCH);
      const running = timeline.read(fresh);
      if (releases !== Atomics.load(control, RELEASED) || !running) {
        release();
        if (wanted !== epoch) lastTick = Number.NEGATIVE_INFINITY;
        epoch = wanted;
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
        pulses?.follow(fresh);
      } else pulses?.stop();
      while (edges.ring.length() > 0 || epoch < wanted) {
        const at = edges.ring.length() > 0 ? edges.ring.head() : NOTHING;
        // epoch, timeline and edges were read one after the other: they belong together only if nothing was changed
        if (Atomics.load(control, SIGNAL) !== seen || (at !== NOTHING && edges.epoch(at) > wanted)) return 0;
        const start = epoch < wanted ? starts.after(epoch, wanted) : END;
        const isOurs = at !== NOTHING && edges.epoch(at) === epoch && edges.tick(at) < start;
        if (at !== NOTHING && edges.epoch(at) <= epoch && !isOurs) {
          edges.ring.advance();
          continue;
        }
        if (!running) return Number.POSITIVE_INFINITY;
        const due = timeAt(line, isOurs ? edges.tick(at) : start);
        const wait = due - clock();
        // a pulse goes before the notes of its tick: who counts pulses would take them for the tick before
        const pulse = pulses?.pulse(due) ?? Number.POSITIVE_INFINITY;
        if (wait > 0) return Math.min(wait, pulse);
        if (isOurs) {
          play(at, due);
          edges.ring.advance();
        } else takeOver(start, due);
      }
      return pulses?.pulse(Number.POSITIVE_INFINITY) ?? Number.POSITIVE_INFINITY;
    },
    adopt: (channel, pitch, tick) => {
      ledger.strike(channel, pitch);
      lastTick = Math.max(lastTick, tick);
    },
    release: () => {
      release();
      pulses?.stop();
    },
    losePort: () => ledger.visit((channel, pitch) => stranded.strike(channel, pitch)),
    findPort: () => {
      stranded.drain(endUnheard);
      pulses?.meet();
    },
  };
}
