import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beside, columnsOf } from '#daimon/music/columns.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { randomFrom, seed } from '#daimon/music/random.js';

test('a latent cut at any column and put together again is the same latent', () => {
  for (let trial = 0; trial < 50; trial++) {
    const random = randomFrom(seed(trial));
    const shape = { channels: 1 + random.below(5), rows: 1 + random.below(3), columns: 2 + random.below(14) };
    const latent = noiseFrom(seed(trial), shape);
    const at = 1 + random.below(shape.columns - 1);
    assert.deepEqual(beside([columnsOf(latent, 0, at), columnsOf(latent, at, shape.columns - at)]), latent);
  }
});

test('a column holds, of every channel and row, the value at its place in time', () => {
  const latent = noiseFrom(seed(1), { channels: 2, rows: 2, columns: 8 });
  const { shape, values } = columnsOf(latent, 3, 1);
  assert.deepEqual(shape, { channels: 2, rows: 2, columns: 1 });
  assert.deepEqual(
    [...values],
    [3, 11, 19, 27].map((at) => latent.values[at]),
  );
});
