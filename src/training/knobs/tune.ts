import type { Seed } from '../../music/random.js';
import type { DrawnBlock, Steering } from './blocks.js';
import { changedEffect, type Observation } from './effects.js';
import type { Frame } from './frame.js';
import type { Instrument } from './instrument.js';
import type { Level } from './levels.js';
import { dot, norm, plusTimes, type Vector } from './linear.js';
import { selective } from './selective.js';
import type { Bounds, Spread } from './spread.js';
import { INSIDE, type Judgement, judge, sharesInside, tryOut, UNTRIED } from './trial.js';

/** What a search knows of a model. */
export interface Search {
  readonly instrument: Instrument;
  readonly frame: Frame;
  readonly spread: Spread;
  readonly bounds: Bounds;
  readonly levels: readonly Level[];
  readonly trials: readonly DrawnBlock[];
  readonly seed: Seed;
}

/** A trait's way to become a knob. */
export interface Candidate extends Judgement {
  readonly trait: number;
  /** The traits that it was tried beside. */
  readonly set: readonly number[];
  /** Of each number on this knob's own way, mended by what it did. */
  readonly gradients: readonly Vector[];
  /** Of each trait: of the knob's own effect, what it may have on it. */
  readonly tolerances: readonly number[];
  /** For one level. */
  readonly direction: Vector;
  /** How much of a block's own level the knob takes off it on the way to an end, from nothing to all. */
  readonly pull: number;
  readonly ends: readonly [number, number];
}

/**
 * Of its own effect, what a knob may have on another trait: at first, and then as it leaks. A trait that answers to
 * little but the knob shows the smallest effect; one that wavers anyway hides a larger.
 */
const TOLERANCE = { first: 0.06, least: 0.005, most: 0.2 };
/** What a leak is to be near: less than it may be, as the largest of several is what counts. */
const NEAR_LEAK = 0.13;
/** A statistic whose mean lies on its bound may follow a knob by so much of its effect. */
const LEAST_ROOM = 0.1;
/** As far as a knob is tried, in standard deviations of the columns: for one level, and in all. */
const TOO_FAR = 3.6;
const FURTHEST = 6;
/** Levels. Further than this, few blocks are. */
const MOST_LEVELS = 2.3;
/** A knob whose effect is less even than this takes less of the blocks' own level off them. */
const EVEN = 0.88;
const LESS_PULL = 0.5;

/** The furthest levels that the trait's own bounds allow. */
function firstEnds({ spread, bounds }: Search, trait: number): readonly [number, number] {
  const level = (x: number): number => ((x - spread.mean[trait]) / spread.deviation[trait]) * INSIDE;
  return [
    Math.max(-MOST_LEVELS, Math.min(-0.1, level(bounds.low[trait]))),
    Math.min(MOST_LEVELS, Math.max(0.1, level(bounds.high[trait]))),
  ];
}

/** Ends as far out as a trait's bounds and the length of the way let them be. */
export function reachable(
  search: Search,
  trait: number,
  direction: Vector,
  [low, high]: readonly [number, number],
): readonly [number, number] {
  const furthest = firstEnds(search, trait);
  const far = FURTHEST / norm(direction);
  return [Math.max(low, furthest[0], -far), Math.min(high, furthest[1], far)];
}

/** Before the first trial. */
export const begin = (search: Search, trait: number, gradients: readonly Vector[]): Candidate => ({
  trait,
  set: [],
  gradients,
  tolerances: search.instrument.traits.map(() => TOLERANCE.first),
  direction: new Float64Array(search.frame.size),
  pull: 1,
  ends: firstEnds(search, trait),
  ...UNTRIED,
});

export const steeringOf = ({ frame, levels }: Search, { trait, direction, pull, ends }: Candidate): Steering => ({
  move: frame.moveOf(direction),
  level: { weights: levels[trait].weights.map((weight) => weight * pull), bias: levels[trait].bias * pull },
  ends: [...ends],
});

/**
 * Tries a candidate beside the traits of a set and mends it by what it did, so often; gives the best that was seen. What
 * was good beside more traits is good beside these.
 */
export async function tune(
  search: Search,
  begun: Candidate,
  set: readonly number[],
  mends: number,
): Promise<Candidate> {
  const { trait } = begun;
  const furthest = firstEnds(search, trait);
  let next = begun;
  let best: Candidate = set.every((k) => begun.set.includes(k)) ? begun : { ...begun, ...UNTRIED };
  for (let mend = 0; mend < mends; mend++) {
    const direction = directionFor(search, next, set);
    const length = norm(direction);
    if (!(length <= TOO_FAR)) break;
    const tried: Candidate = { ...next, direction, ends: reachable(search, trait, direction, next.ends) };
    const seen = await tryOut(search, steeringOf(search, tried), trait, mend);
    const shares = sharesInside(search, seen, trait);
    const kept = shares.map((share) => Math.min(1, share));
    const judgement = judge(seen, trait, set, 2 - kept[0] - kept[1]);
    const candidate: Candidate = {
      ...tried,
      set,
      gradients: mended(search, tried, seen),
      tolerances: tolerancesAfter(tried, seen),
      ends: [tried.ends[0] * kept[0], tried.ends[1] * kept[1]],
      ...judgement,
    };
    if (candidate.score > best.score) best = candidate;
    next = {
      ...candidate,
      pull: judgement.rho < EVEN ? Math.max(0, tried.pull - LESS_PULL) : tried.pull,
      // what is tried next is tried where it will stay
      ends: [Math.max(furthest[0], tried.ends[0] * shares[0]), Math.min(furthest[1], tried.ends[1] * shares[1])],
    };
  }
  return best;
}

/** The shortest that leaves the other traits of the set alone and the statistics within their bounds. */
function directionFor(
  { instrument, spread, bounds }: Search,
  { trait, gradients, tolerances, ends }: Candidate,
  set: readonly number[],
): Vector {
  const statistics = instrument.statistics.map((_, i) => instrument.traits.length + i);
  const room = (k: number): number =>
    Math.max(bounds.high[k] - spread.mean[k], spread.mean[k] - bounds.low[k]) /
    Math.max(spread.deviation[k], Number.MIN_VALUE) /
    Math.max(...ends.map(Math.abs));
  const held = [...set, ...statistics.filter((k) => spread.deviation[k] > 0)];
  return selective(
    held.map((k) => gradients[k]),
    held.indexOf(trait),
    held.map((k) => tolerances[k] ?? Math.max(LEAST_ROOM, room(k))),
  );
}

/** Less where a trait leaks more than it should, more where there is room. */
function tolerancesAfter({ trait, tolerances }: Candidate, seen: readonly Observation[]): readonly number[] {
  return tolerances.map((tolerance, k) => {
    const { leak } = changedEffect(seen, trait, [k]);
    const factor = Math.min(1.4, Math.max(0.4, NEAR_LEAK / leak));
    return Math.min(TOLERANCE.most, Math.max(TOLERANCE.least, tolerance * factor));
  });
}

/** A trial has its chances too. */
const TRUST = 0.8;

/** Gradients that agree with what a direction did on the whole of its way (Broyden's update). */
function mended(
  { spread: { mean, deviation } }: Search,
  { gradients, direction, ends: [low, high] }: Candidate,
  seen: readonly Observation[],
): readonly Vector[] {
  const square = dot(direction, direction);
  const halfWay = (high - low) / 2;
  return gradients.map((gradient, k) => {
    let product = 0;
    let squares = 0;
    for (const { value, reading } of seen) {
      if (Number.isNaN(reading[k]) || !(deviation[k] > 0)) continue;
      product += (value * (reading[k] - mean[k])) / deviation[k];
      squares += value * value;
    }
    if (squares === 0) return gradient;
    const missing = product / squares / halfWay - dot(gradient, direction);
    return plusTimes(gradient, direction, (TRUST * missing) / square);
  });
}
