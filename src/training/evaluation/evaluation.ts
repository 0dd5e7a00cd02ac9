import { deriveSeed, type Random, randomFrom, type Seed } from '../../music/random.js';
import type { GridNote } from '../corpus/grid.js';
import { type Comparison, compareSets } from './comparison.js';
import { deviations, type FeatureTable, means, tabulate } from './feature-table.js';
import { type Features, forEachFeature } from './features.js';
import { closestPair, onsetsOf, type Pair } from './likeness.js';
import { type Memorisation, type Memory, memoryOf } from './memorisation.js';
import type { RealBlock, Run } from './real-music.js';
import { sample } from './sample.js';

type Block = readonly GridNote[];

/** What is judged. */
export interface Drawn {
  /** In the keys of real songs. */
  readonly blocks: readonly Block[];
  /** As the generator gives them: two that are alike would hide in different keys. */
  readonly unmoved: readonly Block[];
  /** How many were drawn, and how many of them have no note. */
  readonly draws: number;
  readonly empty: number;
}

export interface Real {
  readonly reference: readonly RealBlock[];
  /** Songs learned from. */
  readonly training: readonly Run[];
  /** Real music that was not learned from; null when there is none. */
  readonly heldOut: readonly RealBlock[] | null;
}

export interface Limits {
  /** Blocks of each set. */
  readonly blocks: number;
  /** Windows of each kind that are compared with the songs learned from. */
  readonly windows: number;
  readonly seed: Seed;
}

export interface Measured {
  readonly blocks: readonly Block[];
  readonly table: FeatureTable;
  readonly comparison: Comparison;
  readonly memorisation: Memorisation;
}

export interface Evaluation {
  /** Blocks of each set, the same number of all: the Frechet distance depends on it. */
  readonly count: number;
  readonly drawn: Measured;
  readonly heldOut: Measured | null;
  readonly reference: { readonly blocks: readonly Block[]; readonly table: FeatureTable };
  readonly draws: number;
  readonly empty: number;
  /** Two different draws, and two windows of different songs, of equally many. */
  readonly closest: { readonly of: number; readonly drawn: Pair; readonly real: Pair };
}

/** Blocks are drawn by the seeds that follow from the first numbers; what else is chosen, by others. */
export const BEYOND_DRAWS = 1 << 30;
/** Of so many blocks the closest pair is looked for. */
export const PAIRED = 1000;

/** Measures drawn blocks, and real ones held out, against the same reference. All sets have at least one block. */
export function evaluate(drawn: Drawn, real: Real, limits: Limits): Evaluation {
  const random = (purpose: number): Random => randomFrom(deriveSeed(limits.seed, BEYOND_DRAWS + purpose));
  const sets = [drawn.blocks, real.reference, ...(real.heldOut === null ? [] : [real.heldOut])];
  const count = Math.min(limits.blocks, ...sets.map((set) => set.length));
  const some = <T>(set: readonly T[], purpose: number): T[] =>
    Array.from(sample(set.length, count, random(purpose)), (i) => set[i]);

  const reference = some(real.reference, 0).map(({ notes }) => notes);
  const table = tabulate(reference);
  const memory = memoryOf(real.training);
  const measured = (blocks: readonly Block[], purpose: number): Measured =>
    measure(blocks, table, memory, limits.windows, random(purpose));
  return {
    count,
    drawn: measured(some(drawn.blocks, 1), 2),
    heldOut:
      real.heldOut &&
      measured(
        some(real.heldOut, 3).map(({ notes }) => notes),
        4,
      ),
    reference: { blocks: reference, table },
    draws: drawn.draws,
    empty: drawn.empty,
    closest: closestPairs(drawn.unmoved, real.reference, random(5)),
  };
}

function measure(
  blocks: readonly Block[],
  reference: FeatureTable,
  memory: Memory,
  windows: number,
  random: Random,
): Measured {
  const table = tabulate(blocks);
  return {
    blocks,
    table,
    comparison: compareSets(table, reference),
    memorisation: memory(blocks, windows, random),
  };
}

function closestPairs(drawn: readonly Block[], real: readonly RealBlock[], random: Random): Evaluation['closest'] {
  const of = Math.min(PAIRED, drawn.length, real.length);
  const chosen = Array.from(sample(real.length, of, random), (i) => real[i]);
  return {
    of,
    drawn: closestPair(drawn.slice(0, of).map(onsetsOf), () => true),
    // windows of one song overlap, and a song that is there twice says nothing either
    real: closestPair(
      chosen.map(({ notes }) => onsetsOf(notes)),
      (a, b) => chosen[a].song !== chosen[b].song,
    ),
  };
}

export interface FeatureFigures {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Mean and deviation of every number of every feature. */
export const figuresOf = (table: FeatureTable): Readonly<Record<keyof Features, FeatureFigures>> =>
  forEachFeature((name) => ({ mean: [...means(table[name])], deviation: [...deviations(table[name])] }));
