import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import type { Graph } from '#daimon/engine/graph/graph.js';
import { oneOutput } from '#daimon/engine/graph/one-output.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';

const info = (name: string) => ({ name, type: 'float32', shape: [2] }) as const;
const constant = (name: string, value: number) => ({ ...info(name), data: Float32Array.of(value, value) });
const two: Graph = {
  name: 'two',
  inputs: [info('x')],
  outputs: [info('sum'), info('product')],
  constants: [constant('a', 3), constant('b', 5)],
  nodes: [
    { op: 'Add', inputs: ['x', 'a'], outputs: ['sum'], attributes: {} },
    { op: 'Mul', inputs: ['x', 'b'], outputs: ['product'], attributes: {} },
  ],
};

test('one output of a network gives what it gave among others, without what only they wanted', async () => {
  const backend = await openOnnx(null);
  for (const [name, wanted] of [
    ['sum', [4, 5]],
    ['product', [5, 10]],
  ] as const) {
    const graph = oneOutput(two, name);
    assert.deepEqual([graph.nodes.length, graph.constants.length], [1, 1]);
    const network = await backend.load(encodeOnnx(graph));
    assert.deepEqual([...(await network.run({ data: Float32Array.of(1, 2), shape: [2] })).data], wanted);
    await network.close();
  }
  assert.throws(() => oneOutput(two, 'latent'), { code: 'model', message: /"two" gives no "latent"/ });
});
