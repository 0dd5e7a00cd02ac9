import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { CELLS, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
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

/** The same, each moved up or down by at most so many semitones, as far as all its notes stay on the roll. */
export function transposedBatch(blocks: Blocks, count: number, semitones: number, seed: Seed): Float32Array {
  const rolls = randomBatch(blocks, count, seed);
  const random = randomFrom(deriveSeed(seed, 0));
  const size = blocks.planes * CELLS;
  for (let i = 0; i < count; i++) {
    const roll = rolls.subarray(i * size, (i + 1) * size);
    const [lowest, highest] = rowsUsed(roll);
    const down = Math.min(semitones, lowest);
    const up = Math.min(semitones, PITCHES - 1 - highest);
    moveRows(roll, random.below(down + up + 1) - down);
  }
  return rolls;
}

/** The lowest and the highest row with a cell set, over all planes; all rows where none is. */
function rowsUsed(roll: Float32Array): readonly [number, number] {
  const used = Array.from({ length: PITCHES }, (_, row) => row).filter((row) => {
    for (let at = row * STEPS_PER_BLOCK; at < roll.length; at += CELLS) {
      for (let step = 0; step < STEPS_PER_BLOCK; step++) if (roll[at + step] !== 0) return true;
    }
    return false;
  });
  return [used[0] ?? 0, used.at(-1) ?? PITCHES - 1];
}

/** What moves off is lost. */
function moveRows(roll: Float32Array, rows: number): void {
  const by = rows * STEPS_PER_BLOCK;
  for (let at = 0; at < roll.length; at += CELLS) {
    const plane = roll.subarray(at, at + CELLS);
    if (by > 0) plane.copyWithin(by, 0).fill(0, 0, by);
    if (by < 0) plane.copyWithin(0, -by).fill(0, CELLS + by);
  }
}

/** Standard normal numbers. */
export function noise(length: number, seed: Seed): Float32Array {
  const random = randomFrom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Seeds for the different uses of chance within one training step. */
export const stepSeed = (seed: Seed, step: number, use: number): Seed => deriveSeed(deriveSeed(seed, step), use);
