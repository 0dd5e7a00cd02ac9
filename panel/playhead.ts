import type { StateBody } from '../src/bridge/control/protocol.js';

/** Where the song is between two states, of which there are ten a second. */
export interface Playhead {
  hear(state: StateBody): void;
  /** Nobody tells any more where the song is. */
  lose(): void;
  /** In ticks from the start of the song, at a time of `performance.now()`. */
  at(time: number): number;
  readonly isRunning: boolean;
}

export const TICKS_PER_BEAT = 480;
export const TICKS_PER_BAR = 1920;
export const TICKS_PER_BLOCK = 16 * TICKS_PER_BAR;

/** Further off than this, in ticks, the song has jumped; nearer, it is drawn in, for messages come a little early or late. */
const JUMP = 120;
const DRAWN_IN = 0.15;

const ticksOf = ({ bar, beat, tick }: StateBody['position']): number =>
  (bar - 1) * TICKS_PER_BAR + (beat - 1) * TICKS_PER_BEAT + tick;

export function newPlayhead(): Playhead {
  let origin = { tick: 0, time: 0 };
  let ticksPerMs = 0;
  const at = (time: number): number => origin.tick + (time - origin.time) * ticksPerMs;
  return {
    hear: ({ clock, tempo, position }) => {
      const now = performance.now();
      const heard = ticksOf(position);
      const expected = at(now);
      const wasRunning = ticksPerMs > 0;
      const isRunning = clock === 'running' || clock === 'lost';
      ticksPerMs = isRunning && tempo !== null ? (tempo * TICKS_PER_BEAT) / 60_000 : 0;
      const off = heard - expected;
      const isSteady = wasRunning && isRunning && Math.abs(off) < JUMP;
      origin = { time: now, tick: isSteady ? expected + DRAWN_IN * off : heard };
    },
    lose: () => {
      const now = performance.now();
      origin = { time: now, tick: at(now) };
      ticksPerMs = 0;
    },
    at,
    get isRunning() {
      return ticksPerMs > 0;
    },
  };
}
