import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { latentSize, noiseFrom } from '#daimon/music/latent.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { trainingLayers } from '#daimon/training/networks/layers.js';
import { flowPriorGraph, noiseShapeFor, quantiles } from '#daimon/training/networks/prior-graph.js';
import { TIME_FEATURES, TOLD, velocity } from '#daimon/training/networks/velocity.js';
import type { Form } from '#daimon/training/recipes/forms.js';
import { compile } from '#daimon/training/tape/compile.js';
import { createTape, sizeOf } from '#daimon/training/tape/tape.js';

const SHAPE = { channels: 2, rows: 2, columns: 8 };
const WIDTH = 4;
const CPU = { threads: 1, provider: 'cpu' };

/** Weights for the flow, any. */
function weights(): Record<string, Float32Array> {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const form = { told: tape.input('told', [1, TOLD, 1, 8]), mixing: tape.input('mixing', [1, 8, 8]) };
  velocity(layers, tape.input('at', [1, 4, 1, 8]), tape.input('time', [1, TIME_FEATURES, 1, 1]), form, WIDTH);
  const random = randomFrom(seed(1));
  return Object.fromEntries(
    layers.specs.map(({ name, shape }) => [
      name,
      Float32Array.from({ length: sizeOf(shape) }, () => random.normal() / 4),
    ]),
  );
}

const form = (...source: number[]): Form => ({
  source: Uint8Array.from(source),
  told: new Float32Array(TOLD * 8),
  mixing: Float32Array.from({ length: 64 }, () => 1 / 8),
  beginning: Float32Array.from({ length: 64 }, (_, i) => (source[i % 8] === Math.floor(i / 8) ? 1 : 0)),
});

/** What is drawn from a noise whose form is chosen by `choice`: for each column the first one like it. */
async function drawn(choice: number, temperature = 1): Promise<{ latent: Float32Array; likes: number[] }> {
  const forms = [form(0, 1, 0, 1, 0, 1, 0, 1), form(0, 1, 2, 3, 4, 5, 6, 7), form(0, 0, 2, 2, 4, 4, 6, 6)];
  const prior = await compile(flowPriorGraph(weights(), forms, 1, SHAPE, { width: WIDTH, temperature }), CPU);
  const noise = noiseFrom(seed(3), noiseShapeFor(SHAPE)).values;
  noise[latentSize(SHAPE)] = choice;
  const latent = (await prior.run({ noise })).latent!;
  await prior.close();
  const column = (c: number): string => String(Array.from({ length: 4 }, (_, row) => latent[row * 8 + c]));
  const columns = Array.from({ length: 8 }, (_, c) => column(c));
  return { latent, likes: columns.map((c) => columns.indexOf(c)) };
}

suite('the flow as a prior', () => {
  test('draws columns that repeat as one, and others as others, by the form that a number of the noise chooses', async () => {
    assert.deepEqual((await drawn(-2)).likes, [0, 1, 0, 1, 0, 1, 0, 1]);
    assert.deepEqual((await drawn(0)).likes, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual((await drawn(2)).likes, [0, 0, 2, 2, 4, 4, 6, 6]);
  });

  test('draws from the middle of the noise where the temperature is 0', async () => {
    const { likes } = await drawn(0, 0);
    assert.ok(likes.length === 8);
    assert.notDeepEqual((await drawn(0, 0)).latent, (await drawn(0)).latent);
    assert.deepEqual((await drawn(0, 0)).latent, (await drawn(0.1, 0)).latent);
  });
});

test('quantiles cut a normal distribution in equal parts', () => {
  const [, lower, middle, upper] = quantiles(4);
  assert.ok(Math.abs(middle!) < 1e-3);
  // 0.67449: the quartile in any table
  assert.ok(Math.abs(upper! - 0.67449) < 1e-3 && Math.abs(lower! + 0.67449) < 1e-3);
  assert.equal(quantiles(512).length, 513);
});
