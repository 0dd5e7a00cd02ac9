import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { Column } from '#daimon/training/evaluation/feature-table.js';
import { overlapOf } from '#daimon/training/evaluation/overlap.js';

const random = randomFrom(seed(6));
const normals = (rows: number, mean: number, deviation: number): Column => ({
  size: 1,
  rows,
  values: Float64Array.from({ length: rows }, () => mean + deviation * random.normal()),
});
const real = normals(300, 0, 1);

test('two sets of one kind overlap almost wholly', () => {
  const { oa, kl } = overlapOf(normals(300, 0, 1), real);
  assert(oa > 0.9, `${oa}`);
  assert(kl < 0.05, `${kl}`);
});

test('the overlap sees a shift, and a change of scale', () => {
  assert(overlapOf(normals(300, 4, 1), real).oa < 0.5);
  assert(overlapOf(normals(300, 0, 4), real).oaRef < 0.6);
  assert(overlapOf(normals(300, 4, 1), real).kl > 1);
});

test('a generator that always gives the same overlaps with itself in nothing', () => {
  assert(overlapOf({ size: 1, rows: 300, values: new Float64Array(300) }, real).oaGen < 0.2);
});

test('a feature that is defined for no block overlaps with nothing', () => {
  const nowhere = { size: 1, rows: 3, values: new Float64Array(3).fill(Number.NaN) };
  assert.deepEqual(overlapOf(nowhere, real), { oaRef: 0, oaGen: 0, oa: 0, kl: Number.NaN });
});
