import { chancesFor, readTurned, type Steering } from './blocks.js';
import { APART } from './choose.js';
import { changedEffect, heardEffect, type Observation } from './effects.js';
import { meanOf, type Reading } from './spread.js';
import type { Search } from './tune.js';

/** What a trial says of a candidate beside others. */
export interface Judgement {
  readonly rho: number;
  readonly leak: number;
  /** What there is to spare; below 0 something is missing. */
  readonly margin: number;
  /** The same, and what else speaks for it. */
  readonly score: number;
}

export const UNTRIED: Judgement = { rho: 0, leak: 1, margin: -1, score: -1 };

/** What is wanted of a trial of some hundred blocks, so that what is measured on thousands holds. */
const WANTED_RHO = 0.84;
const WANTED_LEAK = 0.25;
/** Of the margin: beyond it a higher correlation is worth less than what is heard. */
export const ENOUGH = 0.02;
const WORTH_OF_HEARD = 0.2;
/** What a knob loses by an end that is taken back to nothing; as much less by one that is taken back a little. */
const WORTH_OF_END = 0.25;
/** A trial's values nearer to 0 than this say little about the ends. */
const NEAR_END = 0.7;
/** Of the way to the bounds: the mean of what is turned to the end lies a little inside. */
export const INSIDE = 0.95;

/** Each block turned up and down by the same chance; `part` numbers the trait's trials. */
export async function tryOut(
  search: Search,
  steering: Steering,
  trait: number,
  part: number,
): Promise<readonly Observation[]> {
  const random = chancesFor(search.seed, 'trials', trait * 64 + part);
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

/** `lost`: what is taken back of the two ends, each of which is 1. */
export function judge(seen: readonly Observation[], trait: number, set: readonly number[], lost: number): Judgement {
  const { rho, leak } = changedEffect(seen, trait, set);
  const margin = Math.min(rho - WANTED_RHO, WANTED_LEAK - leak, ENOUGH) - lost * WORTH_OF_END;
  return { rho, leak, margin, score: margin + WORTH_OF_HEARD * heardEffect(seen, trait, set).rho };
}

export const effectText = ({ rho, leak }: Pick<Judgement, 'rho' | 'leak'>): string =>
  `${rho.toFixed(2)}/${leak.toFixed(2)}`;

/** Why one is no knob. */
export const shortOf = ({ rho, leak }: Pick<Judgement, 'rho' | 'leak'>): string =>
  rho === UNTRIED.rho ? APART : `in trials its correlation was ${rho.toFixed(2)}, its leak ${leak.toFixed(2)}`;

/** How much of the way to each end keeps the means of the trait and of every statistic within their bounds. */
export function sharesInside(search: Search, seen: readonly Observation[], trait: number): readonly [number, number] {
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
