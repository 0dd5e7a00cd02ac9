import { type Millis, millis, PULSES_PER_BEAT } from '../../music/units.js';

/**
 * The way back to a clock that was lost and has come again: what was played meanwhile is off by up to half a pulse, and
 * to jump there would be heard. So the line leans over to it, by an equal part at each pulse for a beat.
 */
export interface Glide {
  /** How much later than the clock the line is yet. */
  readonly owed: Millis;
  readonly pulsesLeft: number;
}

export const NO_GLIDE: Glide = { owed: millis(0), pulsesLeft: 0 };

export const glideOver = (owed: Millis): Glide => ({ owed, pulsesLeft: PULSES_PER_BEAT });

/** At a pulse: how much later than it the line stands, how much longer than an interval it takes to the next, and what is left then. */
export function glided({ owed, pulsesLeft }: Glide): {
  readonly offset: Millis;
  readonly stretch: Millis;
  readonly rest: Glide;
} {
  if (pulsesLeft === 0) return { offset: millis(0), stretch: millis(0), rest: NO_GLIDE };
  const part = owed / pulsesLeft;
  return { offset: owed, stretch: millis(-part), rest: { owed: millis(owed - part), pulsesLeft: pulsesLeft - 1 } };
}
