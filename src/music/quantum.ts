import { TICKS_PER_BAR, TICKS_PER_BEAT, TICKS_PER_STEP, type Tick, tick } from './units.js';

/** The lines in a song on which what is launched begins, counted from its start. */
export const QUANTA = ['now', 'step', 'beat', 'bar', '2 bars', '4 bars', '8 bars', '16 bars'] as const;
export type Quantum = (typeof QUANTA)[number];

const TICKS: Readonly<Record<Quantum, number>> = {
  now: 1,
  step: TICKS_PER_STEP,
  beat: TICKS_PER_BEAT,
  bar: TICKS_PER_BAR,
  '2 bars': 2 * TICKS_PER_BAR,
  '4 bars': 4 * TICKS_PER_BAR,
  '8 bars': 8 * TICKS_PER_BAR,
  '16 bars': 16 * TICKS_PER_BAR,
};

/** The first line that is not before a tick. */
export const lineFrom = (at: number, quantum: Quantum): Tick => tick(Math.ceil(at / TICKS[quantum]) * TICKS[quantum]);
