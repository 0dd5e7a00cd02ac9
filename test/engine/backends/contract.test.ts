import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Backend, Network, Tensor } from '#daimon/engine/backends/backend.js';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { tfjsBackend } from '#daimon/engine/backends/tfjs/tfjs.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { latentSize, noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { randomGenerator, randomPrior, SMALL } from '../random-model.js';

/** What every backend owes, whatever it runs on; and that the music does not depend on which one runs. */

const TOLERANCE = 1e-4;
const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  'onnx (cpu)': () => openOnnx(null),
  'onnx (wasm)': () => openOnnx('wasm'),
  'tfjs (cpu)': async () => {
    await tf.setBackend('cpu');
    return tfjsBackend(tf, 'TensorFlow.js as it comes, for the test.');
  },
};

const generator = encodeOnnx(randomGenerator(SMALL));
const prior = encodeOnnx(randomPrior(SMALL));
const shape = { channels: SMALL.channels, rows: 2, columns: 8 };
const latent = (of: number): Tensor => ({ data: noiseFrom(seed(of), shape).values, shape: [1, SMALL.channels, 2, 8] });

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((far, value, i) => Math.max(far, Math.abs(value - b[i])), 0);

async function reference(model: Uint8Array, input: Tensor): Promise<Tensor> {
  const network = await (await openOnnx(null)).load(model);
  const output = await network.run(input);
  await network.close();
  return output;
}

for (const [name, open] of Object.entries(BACKENDS)) {
  describe(name, () => {
    let backend: Backend;
    let network: Network;
    before(async () => {
      backend = await open();
      network = await backend.load(generator);
    });
    after(() => network.close());

    it('says what it is, and why, in one sentence', () => {
      assert.equal(backend.name, name);
      assert.match(backend.reason, /^\S[^\n]*\.$/);
    });

    it('turns a latent into probabilities of 64 pitches by 256 steps in two planes', async () => {
      assert.deepEqual([network.input, network.output], ['latent', 'roll']);
      const { data, shape } = await network.run(latent(1));
      assert.deepEqual(shape, [1, 2, 64, 256]);
      assert.equal(data.length, 2 * 64 * 256);
      assert.ok(data.every((p) => p > 0 && p < 1));
    });

    it('draws the same bits from the same latent, and others from another', async () => {
      const [first, second, other] = [
        await network.run(latent(1)),
        await network.run(latent(1)),
        await network.run(latent(2)),
      ];
      assert.deepEqual(second, first);
      assert.notDeepEqual(other, first);
    });

    it('draws a batch as it draws each alone', async () => {
      const size = latentSize(shape);
      const data = new Float32Array(2 * size);
      data.set(latent(1).data);
      data.set(latent(2).data, size);
      const both = await network.run({ data, shape: [2, SMALL.channels, 2, 8] });
      assert.deepEqual(both.shape, [2, 2, 64, 256]);
      const second = await network.run(latent(2));
      assert.ok(farthest(both.data.slice(second.data.length), second.data) < 1e-6);
    });

    it(`agrees with onnxruntime on the CPU within ${TOLERANCE}, generator and prior`, async () => {
      for (const model of [generator, prior]) {
        const loaded = await backend.load(model);
        const [got, wanted] = [await loaded.run(latent(3)), await reference(model, latent(3))];
        await loaded.close();
        assert.deepEqual(got.shape, wanted.shape);
        assert.ok(farthest(got.data, wanted.data) < TOLERANCE, `${farthest(got.data, wanted.data)}`);
      }
    });

    it('refuses a damaged model in one sentence', async () => {
      for (const bytes of [new Uint8Array(0), new Uint8Array(64), generator.slice(0, generator.length >> 1)]) {
        await assert.rejects(backend.load(bytes), { name: 'DaimonError', code: 'model', message: /^[^\n]+\.$/ });
      }
    });

    it('may be closed twice, and other networks stay open', async () => {
      const second = await backend.load(generator);
      await second.close();
      await second.close();
      assert.ok(await network.run(latent(1)));
    });
  });
}

it('tfjs frees every number it made', async () => {
  const before = tf.memory().numTensors;
  const network = await tfjsBackend(tf, '').load(generator);
  await network.run(latent(1));
  await network.close();
  assert.equal(tf.memory().numTensors, before);
});
