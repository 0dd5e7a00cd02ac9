import { type Bpm, type Millis, millis, millisPerTick, type Tick, tick } from './units.js';

/** The one bijection between musical and physical time: a straight line through one point, its slope a tempo. */
export interface Timeline {
  readonly tempo: Bpm;
  readonly tickOrigin: Tick;
  readonly timeOrigin: Millis;
}

/** Realtime-safe: yes. */
export const timeAt = (line: Timeline, t: Tick): Millis =>
  millis(line.timeOrigin + (t - line.tickOrigin) * millisPerTick(line.tempo));

/** Realtime-safe: yes. */
export const tickAt = (line: Timeline, time: Millis): Tick =>
  tick(line.tickOrigin + (time - line.timeOrigin) / millisPerTick(line.tempo));

/** The same instant at another tempo from `time` on: no jump in ticks. */
export const withTempo = (line: Timeline, tempo: Bpm, time: Millis): Timeline => ({
  tempo,
  tickOrigin: tickAt(line, time),
  timeOrigin: time,
});
