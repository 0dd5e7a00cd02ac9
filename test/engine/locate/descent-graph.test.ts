import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { tfjsBackend } from '#daimon/engine/backends/tfjs/tfjs.js';
import type { Graph } from '#daimon/engine/graph/graph.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { descentGraph } from '#daimon/engine/locate/descent-graph.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { randomGenerator, TWO_ROLES } from '../random-model.js';

const SHAPE = { channels: TWO_ROLES.channels, rows: 2, columns: 8 };
const DIMENSIONS = [1, SHAPE.channels, SHAPE.rows, SHAPE.columns];
const CELLS = TWO_ROLES.planes * 64 * 256;

const generator = randomGenerator(TWO_ROLES);
const random = randomFrom(seed(3));
const target = Float32Array.from({ length: CELLS }, () => (random.uniform() < 0.1 ? 1 : 0));
const latent = noiseFrom(seed(4), SHAPE).values;

test('the gradient is how the cross entropy changes when the latent does', async () => {
  const backend = await openOnnx(null);
  const draw = await backend.load(encodeOnnx(generator));
  const descent = descentGraph(generator, target);
  assert(descent !== null);
  const back = await backend.load(encodeOnnx(descent));
  const crossEntropy = async (at: Float32Array): Promise<number> => {
    const { data } = await draw.run({ data: at, shape: DIMENSIONS });
    return data.reduce((sum, p, i) => sum - Math.log(target[i] === 1 ? p : 1 - p), 0);
  };
  const { data: gradient, shape } = await back.run({ data: latent, shape: DIMENSIONS });
  assert.deepEqual(shape, DIMENSIONS);
  const scale = Math.max(...gradient.map(Math.abs));
  const near = 1e-2;
  for (let i = 0; i < latent.length; i += 5) {
    const moved = (by: number) => latent.map((value, k) => (k === i ? value + by : value));
    const slope = ((await crossEntropy(moved(near))) - (await crossEntropy(moved(-near)))) / (2 * near);
    assert.ok(Math.abs(slope - gradient[i]) < 0.02 * scale, `${slope} is not ${gradient[i]} at ${i}`);
  }
  await draw.close();
  await back.close();
});

test('TensorFlow.js finds the same gradient', async () => {
  await tf.setBackend('cpu');
  const descent = descentGraph(generator, target);
  assert(descent !== null);
  const [one, other] = await Promise.all(
    [await openOnnx(null), tfjsBackend(tf, 'It is a test.')].map(async (backend) => {
      const network = await backend.load(encodeOnnx(descent));
      const { data } = await network.run({ data: latent, shape: DIMENSIONS });
      await network.close();
      return data;
    }),
  );
  const scale = Math.max(...one.map(Math.abs));
  for (const [i, value] of one.entries()) assert.ok(Math.abs(value - other[i]) < 1e-3 * scale);
});

test('a generator that is no chain of known layers has no way back', () => {
  const with_ = (change: (graph: Graph) => Graph) => descentGraph(change(generator), target);
  const first = generator.nodes[0];
  const others = generator.nodes.slice(1);
  assert.equal(
    with_((graph) => ({ ...graph, nodes: [{ ...first, op: 'Conv' }, ...others] })),
    null,
  );
  assert.equal(
    with_((graph) => ({ ...graph, nodes: graph.nodes.slice(0, -1) })),
    null,
  );
  const grouped = { ...first, attributes: { ...first.attributes, group: { kind: 'int', value: 3 } } } as const;
  assert.equal(
    with_((graph) => ({ ...graph, nodes: [grouped, ...others] })),
    null,
  );
});
