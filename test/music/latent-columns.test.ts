import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LatentShape, noiseFrom } from '#daimon/music/latent.js';
import { inForm, withCells } from '#daimon/music/latent-columns.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { cellsOf, formOf } from '#daimon/music/sketch.js';

const shape: LatentShape = { channels: 5, rows: 2, columns: 8 };
const [a, b] = [noiseFrom(seed(1), shape), noiseFrom(seed(2), shape)];

test('in all channels, held cells are the one latent’s and all others the other’s', () => {
  for (let trial = 0; trial < 50; trial++) {
    const random = randomFrom(seed(trial));
    const cells = cellsOf([]).map(() => random.below(2) === 1);
    const expected = a.values.map((value, i) => (cells[i % 16] ? b.values[i] : value));
    assert.deepEqual(withCells(a, b, cells).values, expected);
  }
});

test('a column that returns is equal in every channel and row, and the first ones are untouched', () => {
  const { values } = inForm(a, formOf('ABAC'));
  for (let line = 0; line < 10; line++) {
    const columns = values.subarray(line * 8, line * 8 + 8);
    assert.deepEqual(columns.subarray(4, 6), columns.subarray(0, 2));
    assert.deepEqual(columns.subarray(0, 4), a.values.subarray(line * 8, line * 8 + 4));
    assert.deepEqual(columns.subarray(6), a.values.subarray(line * 8 + 6, line * 8 + 8));
  }
});
