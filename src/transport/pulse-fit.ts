import { type Millis, millis, minus, plus } from '../music/units.js';

/**
 * Tempo and phase of a pulse train: the straight line of least squares through the recent arrival times. Intervals
 * are never averaged, since that weighs only the first and the last arrival; the line weighs all.
 */
export interface PulseFit {
  /** Arrival times of successive pulses, oldest first. */
  readonly arrivals: readonly Millis[];
  /** Between two pulses; null until two have come. */
  readonly interval: Millis | null;
  /** When the newest pulse should have come, by the line. */
  readonly phase: Millis;
  /** Pulses in succession that came early, or late, against the line before them. */
  readonly run: number;
  /** By how much the newest one did: late above 0. */
  readonly error: Millis;
  /** The run's errors added up. */
  readonly drift: Millis;
}

/** A bar: jitter of ±2 ms at 120 BPM leaves about 0.03 BPM; a longer memory would lag behind a ritardando. */
const WINDOW = 96;
/** From so few pulses a line is worse than the tempo known before. */
const FEWEST = 4;
/**
 * Milliseconds; more than twice what a poor connection jitters (±2 ms). Two pulses in succession beyond it are a jump,
 * not jitter. A line through a few pulses errs itself, and is given twice as much.
 */
const JUMP = 5;
/** So many pulses in succession on one side of the line, by so many milliseconds on average: the tempo is moving. */
const LEANING = 15;
const LEAN = 1.2;
/** 600 and 10 BPM: beyond, pulses are a burst or a pause, not a tempo. */
const SHORTEST_INTERVAL = millis(60_000 / (600 * 24));
export const LONGEST_INTERVAL = millis(60_000 / (10 * 24));

export const NO_PULSES: PulseFit = {
  arrivals: [],
  interval: null,
  phase: millis(0),
  run: 0,
  error: millis(0),
  drift: millis(0),
};

/** Begins anew at this pulse, the tempo held until the line can tell better. */
export const refitFrom = (fit: PulseFit, arrival: Millis): PulseFit => ({
  ...NO_PULSES,
  arrivals: [arrival],
  interval: fit.interval,
  phase: arrival,
});

/** One pulse later. After a tempo jump only the pulses since then are kept; after a slow change the newer half. */
export function fitPulse(fit: PulseFit, arrival: Millis): PulseFit {
  if (fit.arrivals.length === 0 || isPause(fit, arrival)) return refitFrom(fit, arrival);
  const arrivals = [...fit.arrivals.slice(1 - WINDOW), arrival];
  if (fit.interval === null) return { ...NO_PULSES, arrivals, ...lineThrough(arrivals, null) };

  if (fit.arrivals.length < FEWEST) return { ...NO_PULSES, arrivals, ...lineThrough(arrivals, fit.interval) };

  const error = minus(arrival, plus(fit.phase, fit.interval));
  const sameSide = error > 0 === fit.error > 0;
  const run = sameSide ? fit.run + 1 : 1;
  const drift = sameSide ? plus(fit.drift, error) : error;
  const tolerance = JUMP * (1 + FEWEST / fit.arrivals.length);
  const jumped = run >= 2 && Math.min(Math.abs(error), Math.abs(fit.error)) > tolerance;
  const leaning = run >= LEANING && Math.abs(drift) > run * LEAN;
  if (!jumped && !leaning) return { arrivals, ...lineThrough(arrivals, fit.interval), run, error, drift };
  const kept = arrivals.slice(-Math.min(run, Math.ceil(arrivals.length / 2)));
  return { ...NO_PULSES, arrivals: kept, ...lineThrough(kept, fit.interval) };
}

/** Whether a pulse is too far off its place to be of the same train. */
export const isElsewhere = (fit: PulseFit, arrival: Millis): boolean =>
  fit.interval !== null && Math.abs(arrival - fit.phase - fit.interval) > JUMP;

const isPause = (fit: PulseFit, arrival: Millis): boolean =>
  arrival - fit.arrivals[fit.arrivals.length - 1] > LONGEST_INTERVAL;

/** Least squares over (0, arrivals[0]), (1, arrivals[1]), ...; `phase` is the line's value at the last. */
function lineThrough(arrivals: readonly Millis[], known: Millis | null): Pick<PulseFit, 'interval' | 'phase'> {
  const count = arrivals.length;
  const first = arrivals[0];
  const middle = (count - 1) / 2;
  let mean = 0;
  let slope = 0;
  arrivals.forEach((arrival, i) => {
    mean += (arrival - first) / count;
    slope += (i - middle) * (arrival - first);
  });
  slope *= 12 / (count * (count * count - 1));
  const interval =
    known !== null && count < FEWEST ? known : millis(Math.min(LONGEST_INTERVAL, Math.max(SHORTEST_INTERVAL, slope)));
  return { interval, phase: millis(first + mean + middle * interval) };
}
