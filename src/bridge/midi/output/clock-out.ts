import { type Timeline, tickAt, timeAt } from '../../../music/timeline.js';
import { type Millis, TICKS_PER_PULSE, TICKS_PER_SONG_POSITION, tick } from '../../../music/units.js';
import { MESSAGES } from '../midi-messages.js';
import { emptyTimeline } from './shared-timeline.js';

/**
 * MIDI clock for those who follow us: a pulse at each multiple of 20 ticks of the running timeline, and Start, Song
 * Position, Continue and Stop where it begins, jumps and ends. Receivers do nothing but count, so what is kept here is
 * which pulse they await; the next one sent is always that one. Realtime-safe: yes, all of it.
 */
export interface ClockOut {
  /** The timeline runs, so from now on. A bend of tempo moves the pulses and needs no word; a jump is told. */
  follow(line: Timeline): void;
  /**
   * Sends the pulses that are due, or will be in `ahead` ms, but none due after `limit`; the time until there is one
   * more to send, Infinity where none is awaited.
   */
  pulse(limit: number, ahead?: number): number;
  /** The last so many pulses did not go out after all: receivers await the first of them. */
  takeBack(count: number): void;
  /** The timeline has ended. */
  stop(): void;
  /** Receivers may have changed: they are told anew where the song is. */
  meet(): void;
}

/** Between Start or Continue and the first pulse, in ms, as receivers need it to get ready (MIDI 1.0, System Real Time). */
const LEAD = 1;
/**
 * Milliseconds by which a pulse may be late and still be sent, as receivers count them: at 300 BPM, 12 in a burst. After
 * a longer silence they locate anew, for many have given up the clock by then (our own follower after 250 ms), and would
 * count what it missed twice.
 */
const MOST_LATE = 100;
/** 14 bits: 1024 bars. Beyond, the count begins anew, the place in the bar kept. */
const LAST_POSITION = 0x3fff;

/** `sendPulse` is told when the pulse is due, in ms, and its tick. */
export function clockOut(
  clock: () => Millis,
  send: (message: Buffer) => void,
  sendPulse: (message: Buffer, due: number, at: number) => void = send,
): ClockOut {
  const short = Buffer.alloc(MESSAGES.clock.length);
  const long = Buffer.alloc(MESSAGES.songPosition.length);
  const line = emptyTimeline();
  let running = false;
  /** The tick of the pulse that receivers await; NaN where that is not known. */
  let next = Number.NaN;
  let notBefore = Number.NEGATIVE_INFINITY;

  const say = (status: number): void => {
    short[0] = status;
    send(short);
  };

  const locate = (sixteenth: number): void => {
    const position = (sixteenth / TICKS_PER_SONG_POSITION) & LAST_POSITION;
    long[0] = MESSAGES.songPosition.status;
    long[1] = position & 0x7f;
    long[2] = position >> 7;
    send(long);
    next = sixteenth;
  };

  /** Whether the awaited pulse can still be the first after `at`: as good as a Song Position, which waits for a sixteenth. */
  const isAwaited = (at: number): boolean => next >= at && next <= sixteenthFrom(at);

  const begin = (at: number): void => {
    if (at <= 0) {
      next = 0;
      say(MESSAGES.start.status);
    } else {
      if (!isAwaited(at)) locate(sixteenthFrom(at));
      say(MESSAGES.continue.status);
    }
    running = true;
    notBefore = clock() + LEAD;
  };

  /** Where there was no beginning to hear of, or it is long gone. */
  const beginHere = (): void => {
    say(MESSAGES.stop.status);
    begin(tickAt(line, clock()));
  };

  const isTooLate = (at: number): boolean => clock() - timeAt(line, tick(at)) > MOST_LATE;

  return {
    follow: (to) => {
      const at = to.tickOrigin;
      if (running) {
        if (to.tempo === line.tempo && at === line.tickOrigin && to.timeOrigin === line.timeOrigin) return;
        const isJump = Math.abs(tickAt(line, to.timeOrigin) - at) >= TICKS_PER_PULSE && !isAwaited(at);
        if (isJump) say(MESSAGES.stop.status);
        running = !isJump;
      }
      line.tempo = to.tempo;
      line.tickOrigin = at;
      line.timeOrigin = to.timeOrigin;
      if (running) return;
      if (isTooLate(at)) beginHere();
      else begin(at);
    },
    pulse: (limit, ahead = 0) => {
      while (running) {
        const due = Math.max(timeAt(line, tick(next)), notBefore);
        const wait = due - clock() - ahead;
        if (wait > 0 || due > limit) return wait;
        if (isTooLate(next)) {
          beginHere();
        } else {
          short[0] = MESSAGES.clock.status;
          sendPulse(short, due, next);
          next += TICKS_PER_PULSE;
        }
      }
      return Number.POSITIVE_INFINITY;
    },
    takeBack: (count) => {
      next -= count * TICKS_PER_PULSE;
    },
    stop: () => {
      if (running) say(MESSAGES.stop.status);
      running = false;
    },
    meet: () => {
      next = Number.NaN;
      if (running) beginHere();
    },
  };
}

/** The first multiple of a sixteenth that is not before. */
const sixteenthFrom = (at: number): number => Math.ceil(at / TICKS_PER_SONG_POSITION) * TICKS_PER_SONG_POSITION;
