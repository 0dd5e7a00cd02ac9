import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PbfReader } from 'pbf';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import type { GraphNode } from '#daimon/engine/graph/graph.js';
import { graft } from '#daimon/engine/graph/onnx-graft.js';
import { outlineOf } from '#daimon/engine/graph/onnx-outline.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { foreign, withMetadata } from '../../training/adoption/foreign.js';

const noise = noiseFrom(seed(4), { channels: 7, rows: 2, columns: 8 }).values;
const sigmoid: GraphNode = { op: 'Sigmoid', inputs: ['21'], outputs: ['after'], attributes: {} };
const flatten: GraphNode = { op: 'Flatten', inputs: ['before'], outputs: ['input.1'], attributes: {} };
const port = (name: string, ...shape: (number | string)[]) => ({ name, type: 'float32', shape }) as const;

async function run(onnx: Uint8Array, shape: readonly number[]): Promise<Float32Array> {
  const network = await (await openOnnx(null)).load(onnx);
  const { data } = await network.run({ data: noise, shape });
  await network.close();
  return data;
}

it('a node after the output is applied to it, and gives the only output', async () => {
  const onnx = foreign({ end: null });
  const grafted = graft(onnx, 'output', { node: sigmoid, replaces: '21', port: port('after', 'b', 1, 64, 256) });
  const [before, after] = [await run(onnx, [1, 7, 2, 8]), await run(grafted, [1, 7, 2, 8])];
  for (const [i, value] of before.entries()) assert.ok(Math.abs(after[i] - 1 / (1 + Math.exp(-value))) < 1e-6);
  assert.deepEqual(
    outlineOf(grafted)?.outputs.map(({ name }) => name),
    ['after'],
  );
});

it('a node before the input takes what it took', async () => {
  const onnx = foreign({ flat: true });
  const grafted = graft(onnx, 'input', { node: flatten, replaces: 'input.1', port: port('before', 'b', 7, 2, 8) });
  assert.deepEqual(await run(grafted, [1, 7, 2, 8]), await run(onnx, [1, 112]));
});

it('all else of the file stays, byte for byte', () => {
  const onnx = withMetadata(foreign());
  const fields = (bytes: Uint8Array): string[] => {
    const found: string[] = [];
    new PbfReader(bytes).readFields((tag, into: string[], pbf) => {
      if (tag !== 7)
        into.push(`${tag} ${pbf.type === 2 ? Buffer.from(pbf.readBytes()).toString('hex') : pbf.readVarint()}`);
      else
        pbf.readMessage((inner, list: string[], p) => {
          list.push(`graph ${inner} ${p.type === 2 ? Buffer.from(p.readBytes()).toString('hex') : p.readVarint()}`);
        }, into);
    }, found);
    return found;
  };
  const grafted = graft(onnx, 'output', { node: sigmoid, replaces: '21', port: port('after', 'b', 1, 64, 256) });
  const [before, after] = [fields(onnx), fields(grafted)];
  assert.equal(before.filter((field) => !after.includes(field)).length, 1, 'only the old output is gone');
  assert.equal(after.filter((field) => !before.includes(field)).length, 2, 'a node and an output are new');
});
