import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { seed } from '#daimon/music/random.js';
import { CELLS, cell, PITCHES } from '#daimon/music/roll.js';
import { batchOf, transposedBatch } from '#daimon/training/recipes/batch.js';
import type { Blocks } from '#daimon/training/recipes/recipe.js';

/** One block, two roles: a note on `low` in the first, one on `high` in the second. */
const blockOf = (low: number, high: number): Blocks => ({
  training: Uint32Array.of(0),
  heldOut: new Uint32Array(),
  planes: 4,
  unpack(_, into) {
    into.fill(0);
    into.fill(1, cell(low, 8), cell(low, 12));
    into[CELLS + cell(low, 8)] = 1;
    into.fill(1, 2 * CELLS + cell(high, 0), 2 * CELLS + cell(high, 256));
    into[3 * CELLS + cell(high, 0)] = 1;
  },
});

const COUNT = 200;
const roll = (batch: Float32Array, i: number): Float32Array => batch.subarray(i * 4 * CELLS, (i + 1) * 4 * CELLS);
/** How far up the batch's blocks were moved, by the first note; all else must have moved with it. */
const movesOf = (blocks: Blocks, semitones: number): number[] => {
  const still = batchOf(blocks, [0]);
  const batch = transposedBatch(blocks, COUNT, semitones, seed(5));
  return Array.from({ length: COUNT }, (_, i) => {
    const moved = roll(batch, i);
    const by = Math.floor(moved.indexOf(1) / 256) - Math.floor(still.indexOf(1) / 256);
    const expected = new Float32Array(4 * CELLS);
    still.forEach((value, at) => {
      if (value === 1) expected[at + by * 256] = 1;
    });
    assert.deepEqual(moved, expected);
    return by;
  });
};

suite('transposed batches', () => {
  test('are moved up and down by each number of semitones, all roles alike', () => {
    assert.deepEqual([...new Set(movesOf(blockOf(20, 40), 2))].sort(), [-1, -2, 0, 1, 2]);
  });

  test('keep every note on the roll', () => {
    assert.deepEqual([...new Set(movesOf(blockOf(1, PITCHES - 1), 5))].sort(), [-1, 0]);
  });

  test('by no semitones are the blocks themselves', () => {
    assert.deepEqual([...new Set(movesOf(blockOf(0, 5), 0))], [0]);
  });
});
