import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { CELLS } from '../../music/roll.js';
import type { Blocks } from './recipe.js';

/** `count` blocks chosen at random, as rolls [count, planes, 64, 256] of zeros and ones. */
export function randomBatch(blocks: Blocks, count: number, seed: Seed): Float32Array {
  const random = randomFrom(seed);
  const chosen = Array.from({ length: count }, () => blocks.training[random.below(blocks.training.length)]!);
  return batchOf(blocks, chosen);
}

export function batchOf(blocks: Blocks, indices: readonly number[]): Float32Array {
  const size = blocks.planes * CELLS;
  const rolls = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    blocks.unpack(index, rolls.subarray(i * size, (i + 1) * size));
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
