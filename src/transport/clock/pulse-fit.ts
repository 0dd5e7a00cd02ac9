import { bpm, type Millis, millis, minus, PULSES_PER_BEAT, plus, tempoOfBeat } from '../../music/units.js';
import { steadiestFit } from './steadiest-fit.js';
import { steadyLine } from './steady-line.js';

/**
 * Tempo and phase of a pulse train, by regression over the recent arrival times. Intervals are never averaged, since
 * that weighs only the first and the last arrival; a line weighs all.
 */
export interface PulseFit {
  /** Arrival times of successive pulses, oldest first; a stray one stands where it should have come. */
  readonly arrivals: readonly Millis[];
  /** Between two pulses; null until two have come. */
  readonly interval: Millis | null;
  /** When the newest pulse should have come, by the fit. */
  readonly phase: Millis;
  /** The tempo is that of an earlier train, held until this one can tell its own. */
  readonly isHeld: boolean;
  /** Standard deviation of the jitter. */
  readonly spread: Millis;
  /** The newest pulse, where it came too far off to be believed before the next one says the same. */
  readonly stray: Millis | null;
}

/** Two bars: at ±2 ms of jitter the phase is then sure to 0.2 ms; what changes meanwhile shortens it by itself. */
const LONGEST_MEMORY = 192;
/** So many times what the fit proved to remember is kept, for it to grow again. */
const ROOM_TO_GROW = 4;
/** From so few pulses a line is worse than the tempo known before. */
const FEWEST = 4;
/** From so many, how much of the past to believe can be told. */
const ENOUGH = 6;
/** Of a connection that nothing is known of yet, in ms. */
const USUAL_SPREAD = millis(0.5);
/** Milliseconds, and standard deviations, that a pulse may come early or late. Two in succession beyond are a jump. */
const FAR = 5;
const FAR_SPREADS = 5;
/** 600 and 10 BPM: beyond, pulses are a burst or a pause, not a tempo. */
const SHORTEST_INTERVAL = millis(60_000 / (600 * PULSES_PER_BEAT));
export const LONGEST_INTERVAL = millis(60_000 / (10 * PULSES_PER_BEAT));
/** A beat: a line through fewer pulses says little of a tempo. */
const TELLING = PULSES_PER_BEAT;
/** Standard errors of the tempo within which it may be a whole one: generous, for in a short train they are underrated. */
const WHOLE_TEMPO_ERRORS = 5;
/** Of a tempo, in BPM: half the way to the next whole one is then two and a half standard errors. */
const WHOLE_TEMPO_SURE = 0.2;

export const NO_PULSES: PulseFit = {
  arrivals: [],
  interval: null,
  phase: millis(0),
  isHeld: false,
  spread: USUAL_SPREAD,
  stray: null,
};

/** Begins anew at this pulse, the tempo held until the train can tell better. */
export const refitFrom = (fit: PulseFit, arrival: Millis): PulseFit => ({
  ...NO_PULSES,
  arrivals: [arrival],
  interval: fit.interval,
  phase: arrival,
  isHeld: fit.interval !== null,
});

/** One pulse later. */
export function fitPulse(fit: PulseFit, arrival: Millis): PulseFit {
  if (fit.arrivals.length === 0 || isPause(fit, arrival)) return refitFrom(fit, arrival);
  if (!isFar(fit, arrival)) return refitted({ ...fit, stray: null }, [...fit.arrivals, arrival]);
  if (fit.stray !== null && isSameSide(fit, arrival) && !isCatchingUp(fit, arrival))
    return afterJump(fit, fit.stray, arrival);
  const expected = expectedNext(fit);
  return { ...fit, arrivals: [...fit.arrivals, expected].slice(-LONGEST_MEMORY), phase: expected, stray: arrival };
}

/** Whether a pulse is too far off its place to be of the same train. */
export const isElsewhere = (fit: PulseFit, arrival: Millis): boolean =>
  fit.interval !== null && Math.abs(minus(arrival, expectedNext(fit))) > FAR;

/** When the next pulse should come; only where an interval is known. */
const expectedNext = (fit: PulseFit): Millis => plus(fit.phase, fit.interval ?? millis(0));

const isPause = (fit: PulseFit, arrival: Millis): boolean =>
  arrival - fit.arrivals[fit.arrivals.length - 1] > LONGEST_INTERVAL;

function isFar(fit: PulseFit, arrival: Millis): boolean {
  if (fit.interval === null || fit.arrivals.length < FEWEST) return false;
  // a fit through a few pulses errs itself, and is given twice as much
  const tolerance = Math.max(FAR, FAR_SPREADS * fit.spread) * (1 + FEWEST / fit.arrivals.length);
  return Math.abs(minus(arrival, expectedNext(fit))) > tolerance;
}

/** The stray pulse stood one interval before the one expected now. */
const isSameSide = (fit: PulseFit, arrival: Millis): boolean =>
  fit.stray !== null && fit.stray > fit.phase === arrival > expectedNext(fit);

/** A host that stood still sends what it owes in a burst: late pulses close together say nothing of its tempo. */
const isCatchingUp = ({ stray, phase, interval }: PulseFit, arrival: Millis): boolean =>
  stray !== null && interval !== null && stray > phase && arrival - stray < interval / 2;

/** Another tempo, where the last two intervals are alike: it began with the pulse before them. Else the train has shifted. */
function afterJump(fit: PulseFit, stray: Millis, arrival: Millis): PulseFit {
  const before = fit.arrivals[fit.arrivals.length - 2];
  const last = minus(arrival, stray);
  const isTempo = Math.abs(last - minus(stray, before)) < Math.abs(minus(last, fit.interval ?? last));
  const fresh = { ...NO_PULSES, spread: fit.spread };
  return isTempo
    ? refitted(fresh, [before, stray, arrival])
    : refitted({ ...fresh, interval: fit.interval, isHeld: true }, [stray, arrival]);
}

function refitted(fit: PulseFit, all: readonly Millis[]): PulseFit {
  const arrivals = all.slice(-LONGEST_MEMORY);
  const { length } = arrivals;
  if (fit.isHeld && fit.interval !== null && length < FEWEST)
    return { ...fit, arrivals, phase: millis(steadyLine(arrivals, length, fit.interval).last) };
  const own = { ...fit, isHeld: false };
  if (length < ENOUGH) {
    const { last, rise } = steadyLine(arrivals, length);
    return { ...own, arrivals, interval: bounded(rise), phase: millis(last) };
  }
  const { size, last, next, isStraight, spread } = steadiestFit(arrivals, USUAL_SPREAD);
  const kept = { ...own, arrivals: arrivals.slice(-ROOM_TO_GROW * size), spread: millis(spread) };
  if (!isStraight || size < TELLING) return { ...kept, interval: bounded(next - last), phase: millis(last) };
  return { ...kept, ...steady(arrivals, size) };
}

/**
 * The best line through a train that keeps its tempo. A song's tempo is most often a whole number: while the pulses
 * say nothing against it, it is taken to be one, which is more than they can say by themselves for the first bars.
 */
function steady(arrivals: readonly Millis[], size: number): Pick<PulseFit, 'interval' | 'phase'> {
  const line = steadyLine(arrivals, size);
  const interval = bounded(line.rise);
  const whole = wholeTempoInterval(interval, line.riseError);
  if (whole === null) return { interval, phase: millis(line.last) };
  return { interval: whole, phase: millis(steadyLine(arrivals, size, whole).last) };
}

function wholeTempoInterval(interval: Millis, error: number): Millis | null {
  const tempo = tempoOfBeat(millis(interval * PULSES_PER_BEAT));
  const tempoError = (tempo * error) / interval;
  const whole = bpm(Math.round(tempo));
  if (tempoError > WHOLE_TEMPO_SURE || Math.abs(tempo - whole) > WHOLE_TEMPO_ERRORS * tempoError) return null;
  return millis(60_000 / (whole * PULSES_PER_BEAT));
}

const bounded = (interval: number): Millis => millis(Math.min(LONGEST_INTERVAL, Math.max(SHORTEST_INTERVAL, interval)));
