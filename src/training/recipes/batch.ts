import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { CELLS } from '../../music/roll.js';
import type { Blocks } from './recipe.js';

/** `count` blocks chosen at random, as rolls [count, planes, 64, 256] of zeros and ones. */
export function randomBatch(blocks: Blocks, count: number, planes: 1 | 2, seed: Seed): Float32Array {
  const random = randomFrom(seed);
  const chosen = Array.from({ length: count }, () => blocks.training[random.below(blocks.training.length)]!);
  return batchOf(blocks, chosen, planes);
}

export function batchOf(blocks: Blocks, indices: readonly number[], planes: 1 | 2): Float32Array {
  const rolls = new Float32Array(indices.length * planes * CELLS);
  const unused = new Float32Array(planes === 1 ? CELLS : 0);
  indices.forEach((index, i) => {
    const start = i * planes * CELLS;
    const onset = planes === 2 ? rolls.subarray(start + CELLS, start + 2 * CELLS) : unused;
    blocks.unpack(index, rolls.subarray(start, start + CELLS), onset);
  });
  return rolls;
}

/** Standard normal numbers. */
export function noise(length: number, seed: Seed): Float32Array {
  const random = randomFrom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Seeds for the different uses of chance within one training step. */
export const stepSeed = (seed: Seed, step: number, use: number): Seed => deriveSeed(deriveSeed(seed, step), use);
