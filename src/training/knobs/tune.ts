import type { Seed } from '../../music/random.js';
import { chancesFor, type DrawnBlock, readTurned, type Steering } from './blocks.js';
import { heardEffect, type Observation } from './effects.js';
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
  /** Of each number on this knob's own way, mended by what it did. */
  readonly gradients: readonly Vector[];
  /** For one level. */
  readonly direction: Vector;
  readonly ends: readonly [number, number];
  /** Above 0: all was kept, with something to spare. */
  readonly score: number;
  readonly rho: number;
  readonly leak: number;
}

/** Of its own effect, what a knob may have on another trait: little, or what is needed not to go too far. */
const TOLERANCES = [0.05, 0.1, 0.15];
const NEAR = 1.6;
/** A statistic whose mean lies on its bound may follow a knob by so much of its effect. */
const LEAST_ROOM = 0.1;
/** As far as a knob is tried, in standard deviations of the columns: for one level, and in all. */
const TOO_FAR = 3.6;
const FURTHEST = 6;
/** Levels. Further than this, few blocks are. */
const MOST_LEVELS = 2.6;
/** Of the way to the bounds: the mean of what is turned to the end lies a little inside. */
const INSIDE = 0.95;
/** What is wanted of a trial of some hundred blocks, so that what is measured on thousands holds. */
const WANTED_RHO = 0.83;
const WANTED_LEAK = 0.25;
/** A trial's values nearer to 0 than this say little about the ends. */
const NEAR_END = 0.7;

/** The furthest levels that the trait's own bounds allow. */
export function firstEnds({ spread, bounds }: Search, trait: number): readonly [number, number] {
  const level = (x: number): number => ((x - spread.mean[trait]) / spread.deviation[trait]) * INSIDE;
  return [
    Math.max(-MOST_LEVELS, Math.min(-0.1, level(bounds.low[trait]))),
    Math.min(MOST_LEVELS, Math.max(0.1, level(bounds.high[trait]))),
  ];
}

/** Tries a candidate beside the traits of a set and mends it by what it did, so often; gives the best that was seen. */
export async function tune(
  search: Search,
  begun: Candidate,
  set: readonly number[],
  mends: number,
): Promise<Candidate> {
  const { trait } = begun;
  let { gradients, ends } = begun;
  let best: Candidate | null = null;
  for (let mend = 0; mend < mends; mend++) {
    const direction = directionFor(search, gradients, trait, set, ends);
    const length = norm(direction);
    if (!(length <= TOO_FAR)) break;
    const far = FURTHEST / length;
    const kept: readonly [number, number] = [Math.max(ends[0], -far), Math.min(ends[1], far)];
    const steering: Steering = { move: search.frame.moveOf(direction), level: search.levels[trait], ends: [...kept] };
    const seen = await tryOut(search, steering, trait, mend);
    const { rho, leak } = heardEffect(seen, trait, set);
    const shares = sharesInside(search, seen, trait);
    const score = Math.min(rho - WANTED_RHO, WANTED_LEAK - leak) - (2 - shares[0] - shares[1]) / 4;
    gradients = mended(search, gradients, direction, kept, seen);
    // ends that go too far are taken back at once: what is tried next is tried where it will stay
    ends = [kept[0] * shares[0], kept[1] * shares[1]];
    if (best === null || score > best.score) best = { trait, gradients, direction, ends, score, rho, leak };
  }
  return { ...(best ?? { ...begun, score: -1, rho: 0, leak: 1 }), gradients };
}

/** The shortest that leaves the other traits of the set alone and the statistics within their bounds. */
function directionFor(
  { instrument, spread, bounds }: Search,
  gradients: readonly Vector[],
  trait: number,
  set: readonly number[],
  ends: readonly [number, number],
): Vector {
  const statistics = instrument.statistics.map((_, i) => instrument.traits.length + i);
  const room = (k: number): number =>
    Math.min(bounds.high[k] - spread.mean[k], spread.mean[k] - bounds.low[k]) /
    Math.max(spread.deviation[k], Number.MIN_VALUE) /
    Math.max(...ends.map(Math.abs));
  const held = [...set, ...statistics.filter((k) => spread.deviation[k] > 0)];
  const all = TOLERANCES.map((tolerance) =>
    selective(
      held.map((k) => gradients[k]),
      held.indexOf(trait),
      held.map((k) => (k < instrument.traits.length ? tolerance : Math.max(LEAST_ROOM, room(k)))),
    ),
  );
  return all.find((direction) => norm(direction) <= NEAR) ?? all[all.length - 1];
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
    if (near.length === 0) return 1;
    const way = meanOf(near.map(({ value }) => Math.abs(value)));
    return sharesOfWay(
      near.map(({ reading }) => reading),
      way,
      search,
      trait,
    );
  };
  return [shareOf(-1), shareOf(1)];
}

/** Of the whole way, when these readings are `way` of it away from the blocks as they are drawn. */
export function sharesOfWay(
  readings: readonly Reading[],
  way: number,
  { instrument, spread: { mean, deviation }, bounds: { low, high } }: Pick<Search, 'instrument' | 'spread' | 'bounds'>,
  trait: number,
): number {
  let least = 1;
  for (let k = 0; k < mean.length; k++) {
    if (k < instrument.traits.length && k !== trait) continue;
    if (!(deviation[k] > 0)) continue;
    const gone = meanOf(readings.map((reading) => reading[k]).filter((x) => !Number.isNaN(x))) - mean[k];
    const room = Math.abs((gone < 0 ? low[k] : high[k]) - mean[k]) * INSIDE;
    // a mean that lies on its bound already may stray by what chance does to a mean
    const slack = (2 * deviation[k]) / Math.sqrt(readings.length);
    const share = Math.max(room, slack) / (Math.abs(gone) / way);
    if (share < least) least = share;
  }
  return Math.max(least, 0.5);
}

/** Gradients that agree with what a direction did on the whole of its way (Broyden's update). */
function mended(
  { spread: { mean, deviation } }: Search,
  gradients: readonly Vector[],
  direction: Vector,
  [low, high]: readonly [number, number],
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
    return plusTimes(gradient, direction, (product / squares / halfWay - dot(gradient, direction)) / square);
  });
}
