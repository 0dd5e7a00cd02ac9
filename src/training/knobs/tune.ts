import type { Seed } from '../../music/random.js';
import { chancesFor, type DrawnBlock, readTurned, type Steering } from './blocks.js';
import { changedEffect, heardEffect, type Observation } from './effects.js';
import type { Frame } from './frame.js';
import type { Instrument } from './instrument.js';
import type { Level } from './levels.js';
import { dot, norm, plusTimes, type Vector } from './linear.js';
import { selective } from './selective.js';
import { type Bounds, meanOf, type Reading, type Spread } from './spread.js';

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
export interface Candidate {
  readonly trait: number;
  /** The traits that it was tried beside. */
  readonly set: readonly number[];
  /** Of each number on this knob's own way, mended by what it did. */
  readonly gradients: readonly Vector[];
  /** Of each trait: of the knob's own effect, what it may have on it. */
  readonly tolerances: readonly number[];
  /** For one level. */
  readonly direction: Vector;
  /** How much of a block's own level the knob takes off it on the way to an end: all, half, or nothing. */
  readonly pull: number;
  readonly ends: readonly [number, number];
  readonly rho: number;
  readonly leak: number;
  /** What there is to spare; below 0 something is missing. */
  readonly margin: number;
  /** The same, and what else speaks for it. */
  readonly score: number;
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
/** Of the way to the bounds: the mean of what is turned to the end lies a little inside. */
const INSIDE = 0.95;
/** What is wanted of a trial of some hundred blocks, so that what is measured on thousands holds. */
const WANTED_RHO = 0.84;
const WANTED_LEAK = 0.25;
/** Beyond it a higher correlation is worth less than what is heard. */
const ENOUGH = 0.02;
const WORTH_OF_HEARD = 0.2;
/** What a knob loses by an end that is taken back to nothing; as much less by one that is taken back a little. */
const WORTH_OF_END = 0.25;
/** A knob whose effect is less even than this takes less of the blocks' own level off them. */
const EVEN = 0.88;
const LESS_PULL = 0.5;
/** A trial's values nearer to 0 than this say little about the ends. */
const NEAR_END = 0.7;

/** The furthest levels that the trait's own bounds allow. */
function firstEnds({ spread, bounds }: Search, trait: number): readonly [number, number] {
  const level = (x: number): number => ((x - spread.mean[trait]) / spread.deviation[trait]) * INSIDE;
  return [
    Math.max(-MOST_LEVELS, Math.min(-0.1, level(bounds.low[trait]))),
    Math.min(MOST_LEVELS, Math.max(0.1, level(bounds.high[trait]))),
  ];
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
  rho: 0,
  leak: 1,
  margin: -1,
  score: -1,
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
  let best: Candidate = set.every((k) => begun.set.includes(k))
    ? begun
    : { ...begun, rho: 0, leak: 1, margin: -1, score: -1 };
  for (let mend = 0; mend < mends; mend++) {
    const direction = directionFor(search, next, set);
    const length = norm(direction);
    if (!(length <= TOO_FAR)) break;
    const far = FURTHEST / length;
    const tried: Candidate = {
      ...next,
      direction,
      ends: [Math.max(next.ends[0], -far), Math.min(next.ends[1], far)],
    };
    const seen = await tryOut(search, steeringOf(search, tried), trait, mend);
    const { rho, leak } = changedEffect(seen, trait, set);
    const shares = sharesInside(search, seen, trait);
    const kept = shares.map((share) => Math.min(1, share));
    const cut = (2 - kept[0] - kept[1]) * WORTH_OF_END;
    const margin = Math.min(rho - WANTED_RHO, WANTED_LEAK - leak, ENOUGH) - cut;
    const score = margin + WORTH_OF_HEARD * heardEffect(seen, trait, set).rho;
    const candidate: Candidate = {
      ...tried,
      set,
      gradients: mended(search, tried, seen),
      tolerances: tolerancesAfter(tried, seen),
      ends: [tried.ends[0] * kept[0], tried.ends[1] * kept[1]],
      rho,
      leak,
      margin,
      score,
    };
    if (score > best.score) best = candidate;
    next = {
      ...candidate,
      pull: rho < EVEN ? Math.max(0, tried.pull - LESS_PULL) : tried.pull,
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

/** Each block turned up and down by the same chance. */
async function tryOut(search: Search, steering: Steering, trait: number, mend: number): Promise<Observation[]> {
  const random = chancesFor(search.seed, 'trials', trait * 64 + mend);
  const seen: Observation[] = [];
  for (const block of search.trials) {
    const size = random.uniform();
    for (const value of [size, -size]) {
      const reading = await readTurned(search.instrument, block, steering, value);
      if (reading !== null) seen.push({ value, reading, before: block.reading });
    }
  }
  return seen;
}

/** How much of the way to each end keeps the means of the trait and of every statistic within their bounds. */
function sharesInside(search: Search, seen: readonly Observation[], trait: number): readonly [number, number] {
  const shareOf = (side: number): number => {
    const near = seen.filter(({ value }) => value * side >= NEAR_END);
    const way = meanOf(near.map(({ value }) => Math.abs(value)));
    return sharesOfWay(near.flatMap(changeOf), way, search, trait);
  };
  return [shareOf(-1), shareOf(1)];
}

const changeOf = ({ reading, before }: Observation): Reading[] =>
  before === null ? [] : [reading.map((x, k) => x - before[k])];

/** Of the way that was gone, how much is taken at the next try, at least and at most. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 1.4;

/** A mean that lies on its bound may stray by so many standard deviations. */
const SLACK = 0.15;

/** Of the whole way, when blocks have changed so on `way` of it. */
export function sharesOfWay(
  changes: readonly Reading[],
  way: number,
  { instrument, spread: { mean, deviation }, bounds: { low, high } }: Search,
  trait: number,
): number {
  if (changes.length === 0) return LEAST_SHARE;
  let least = MOST_SHARE;
  for (let k = 0; k < mean.length; k++) {
    if ((k < instrument.traits.length && k !== trait) || !(deviation[k] > 0)) continue;
    const gone = meanOf(changes.map((change) => change[k]).filter((x) => !Number.isNaN(x)));
    const room = Math.abs((gone < 0 ? low[k] : high[k]) - mean[k]) * INSIDE;
    const share = Math.max(room, SLACK * deviation[k]) / (Math.abs(gone) / way);
    if (share < least) least = share;
  }
  return Math.max(least, LEAST_SHARE);
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
