import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Backend, Tensor } from '#daimon/engine/backends/backend.js';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { tfjsBackend } from '#daimon/engine/backends/tfjs/tfjs.js';
import { findBundle, listBundles, readWeights } from '#daimon/engine/bundle.js';
import { noiseShapeOf } from '#daimon/engine/card.js';
import { type Engine, plainDraw } from '#daimon/engine/engine.js';
import { startEngine } from '#daimon/engine/start.js';
import type { Block } from '#daimon/music/block.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { BARS_PER_BLOCK, TICKS_PER_BAR } from '#daimon/music/units.js';
import { shippedFolder } from '#daimon/package.js';
import { streamed } from '../support/streamed.js';

const shipped = await listBundles([shippedFolder('models')]);
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8].map(seed);

it('daimon comes with a model, and all that it comes with are sound', () => {
  assert.ok(shipped.length > 0);
  assert.deepEqual(
    shipped.filter((found) => found.kind === 'damaged'),
    [],
  );
});

const drawn = async (engine: Engine, of: (typeof SEEDS)[number]): Promise<Block> => {
  return (await engine.draw(plainDraw(of, engine.info.decoding))).block;
};

const blockOfStream = async (engine: Engine, index: number): Promise<Block> => {
  return (await engine.draw(plainDraw(seed(0), engine.info.decoding, streamed(SEEDS[0], 1, index)))).block;
};

for (const { name } of shipped) {
  describe(`the model ${name}`, () => {
    const options = { model: name, modelsDir: shippedFolder('models'), backend: 'onnx' } as const;
    let engine: Engine;
    before(async () => {
      engine = await startEngine({ ...options, provider: 'cpu' });
    });
    after(() => engine.close());

    it('is neither silent nor constant: other seeds draw other music, in most of the bars', async () => {
      const blocks = await Promise.all(SEEDS.map((of) => drawn(engine, of)));
      assert.equal(new Set(blocks.map(({ notes }) => JSON.stringify(notes))).size, SEEDS.length);
      for (const { notes } of blocks) {
        const bars = new Set(notes.map(({ onset }) => Math.floor(onset / TICKS_PER_BAR)));
        assert.ok(bars.size > BARS_PER_BLOCK / 2, `only ${bars.size} bars have notes`);
      }
    });

    it('plays the same notes native and as WebAssembly', async () => {
      const web = await startEngine({ ...options, provider: 'wasm' });
      for (const of of SEEDS) assert.deepEqual((await drawn(web, of)).notes, (await drawn(engine, of)).notes);
      await web.close();
    });

    it('draws block 5 of a stream the same after a jump as when it was played to', async () => {
      const jumped = await startEngine({ ...options, provider: 'cpu' });
      const there = await blockOfStream(jumped, 5);
      await jumped.close();
      for (let index = 0; index < 5; index++) await blockOfStream(engine, index);
      assert.deepEqual(await blockOfStream(engine, 5), there);
    });

    it('gives the same numbers on TensorFlow.js within 1e-4', async () => {
      await tf.setBackend('cpu');
      const bundle = await findBundle(name, [shippedFolder('models')]);
      const { generator, prior } = await readWeights(bundle);
      const { shape, values } = noiseFrom(seed(7), noiseShapeOf(bundle.card));
      const input: Tensor = { data: values, shape: [1, shape.channels, shape.rows, shape.columns] };
      const through = async (backend: Backend, onnx: Uint8Array, from: Tensor): Promise<Tensor> => {
        const network = await backend.load(onnx);
        const result = await network.run(from);
        await network.close();
        return result;
      };
      const rolls: Tensor[] = [];
      for (const backend of [await openOnnx('cpu'), tfjsBackend(tf, '')]) {
        rolls.push(await through(backend, generator, prior === null ? input : await through(backend, prior, input)));
      }
      const [onnx, tensorflow] = rolls;
      for (const [i, p] of onnx.data.entries()) assert.ok(Math.abs(p - tensorflow.data[i]) < 1e-4);
    });
  });
}
