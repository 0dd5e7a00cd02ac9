import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, cell } from '#daimon/music/roll.js';
import { encoder } from '#daimon/training/networks/encoder.js';
import { encoderGraph } from '#daimon/training/networks/inference-graphs.js';
import { trainingLayers } from '#daimon/training/networks/layers.js';
import { compile } from '#daimon/training/tape/compile.js';
import { createTape, sizeOf } from '#daimon/training/tape/tape.js';

test('a latent column hears its own two bars and no others', async () => {
  const tape = createTape();
  const layers = trainingLayers(tape);
  encoder(layers, tape.input('rolls', [1, 2, 64, 256]), 4, 3);
  const random = randomFrom(seed(2));
  const any = (shape: readonly number[]) => Float32Array.from({ length: sizeOf(shape) }, () => random.normal() / 4);
  const weights = Object.fromEntries(layers.specs.map(({ name, shape }) => [name, any(shape)]));
  const statistics = Object.fromEntries(
    Object.entries(layers.statistics).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape)).fill(1)]),
  );
  const shape = { channels: 3, rows: 2, columns: 8 };
  const encode = await compile(encoderGraph(weights, statistics, { width: 4, planes: 2 }, shape), {
    threads: 1,
    provider: 'cpu',
  });
  const roll = Float32Array.from({ length: 2 * CELLS }, () => (random.uniform() < 0.1 ? 1 : 0));
  const before = (await encode.run({ roll })).latent!;
  // a note in bar 5, which is in the third column
  roll.fill(1, cell(30, 70), cell(30, 76));
  const after = (await encode.run({ roll })).latent!;
  await encode.close();
  const changed = new Set([...after].flatMap((value, i) => (value === before[i] ? [] : [i % 8])));
  assert.deepEqual([...changed], [2]);
});
