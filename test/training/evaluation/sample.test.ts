import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { sample } from '#daimon/training/evaluation/sample.js';

test('a sample is of different numbers, in order, the same for the same seed', () => {
  const chosen = [...sample(1000, 50, randomFrom(seed(1)))];
  assert.equal(new Set(chosen).size, 50);
  assert.deepEqual(
    chosen,
    chosen.toSorted((a, b) => a - b),
  );
  assert.deepEqual(chosen, [...sample(1000, 50, randomFrom(seed(1)))]);
  assert.notDeepEqual(chosen, [...sample(1000, 50, randomFrom(seed(2)))]);
});

test('of fewer than asked for, all are taken', () => {
  assert.deepEqual([...sample(3, 50, randomFrom(seed(1)))], [0, 1, 2]);
});
