import { BEATS_PER_BAR, TICKS_PER_BAR, TICKS_PER_BEAT, type Tick, tick } from './units.js';

/** A place in the song as musicians count: bars and beats from 1, ticks from 0. */
export interface Position {
  readonly bar: number;
  readonly beat: number;
  readonly tick: number;
}

/** The position of a tick; what lies between two ticks belongs to the first. */
export function positionAt(at: Tick): Position {
  const whole = Math.floor(at);
  const beats = Math.floor(whole / TICKS_PER_BEAT);
  return {
    bar: Math.floor(beats / BEATS_PER_BAR) + 1,
    beat: beats - Math.floor(beats / BEATS_PER_BAR) * BEATS_PER_BAR + 1,
    tick: whole - beats * TICKS_PER_BEAT,
  };
}

/** The tick on which a bar begins. */
export const barStart = (bar: number): Tick => tick((bar - 1) * TICKS_PER_BAR);
