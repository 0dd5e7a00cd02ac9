import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { generator } from '#daimon/training/networks/generator.js';
import { generatorGraph } from '#daimon/training/networks/inference-graphs.js';
import { trainingLayers } from '#daimon/training/networks/layers.js';
import { initialise, type TrainingState } from '#daimon/training/recipes/adam.js';
import { sigmoid } from '#daimon/training/tape/arithmetic.js';
import { compile } from '#daimon/training/tape/compile.js';
import { createTape } from '#daimon/training/tape/tape.js';

const CPU = { threads: 1, provider: 'cpu' };
const SIZE = { width: 4, planes: 2 };

test('the generator that ships, its normalisation folded, draws what the generator in training draws', async () => {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const roll = sigmoid(tape, generator(layers, tape.input('latent', [3, 5, 2, 8]), SIZE));
  const inTraining = await compile(tape.graph('training', { roll, ...layers.statistics }), CPU);
  const weights: TrainingState = {};
  initialise(weights, layers.specs, seed(8));
  const random = randomFrom(seed(9));
  // gains and offsets as after some training
  for (const [name, values] of Object.entries(weights)) {
    if (/gain|offset/.test(name)) weights[name] = values.map((v) => v + 0.3 * random.normal());
  }
  const latent = Float32Array.from({ length: 3 * 5 * 2 * 8 }, () => random.normal());
  const { roll: expected, ...statistics } = await inTraining.run({ ...weights, latent });

  const shipped = await compile(generatorGraph(weights, statistics, SIZE, { channels: 5, rows: 2, columns: 8 }), CPU);
  const { roll: drawn } = await shipped.run({ latent });
  const furthest = expected!.reduce((worst, p, i) => Math.max(worst, Math.abs(p - drawn![i]!)), 0);
  assert.ok(furthest < 1e-5, `${furthest}`);
  await Promise.all([inTraining.close(), shipped.close()]);
});
