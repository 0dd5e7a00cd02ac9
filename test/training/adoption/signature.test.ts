import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Graph } from '#daimon/engine/graph/graph.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { signatureOf } from '#daimon/training/adoption/signature.js';
import { foreign, foreignGraph } from './foreign.js';

const refusal = (graph: Partial<Graph>, message: RegExp): void => {
  const bytes = encodeOnnx({ ...foreignGraph(), ...graph });
  assert.throws(() => signatureOf(bytes, 'g.onnx'), { name: 'DaimonError', code: 'model', message });
};
const [latent] = foreignGraph().inputs;
const taking = (...shape: (number | string)[]): Partial<Graph> => ({ inputs: [{ ...latent, shape }] });

it('a generator takes one latent, of one block or of any number, as columns or as one row', () => {
  const { input, output, channels, flat } = signatureOf(foreign(), 'g.onnx');
  assert.deepEqual([input, output, channels, flat], ['input.1', '21', 7, false]);
  const row = signatureOf(foreign({ flat: true, channels: 5 }), 'g.onnx');
  assert.deepEqual([row.channels, row.flat], [5, true]);
});

it('what gives the numbers is found behind what only moves them', () => {
  for (const end of ['Sigmoid', 'Tanh'] as const) {
    const graph = foreignGraph({ end });
    const moved = { op: 'Identity', inputs: ['21'], outputs: ['22'], attributes: {} };
    const outputs = [{ ...graph.outputs[0], name: '22' }];
    assert.equal(signatureOf(encodeOnnx({ ...graph, nodes: [...graph.nodes, moved], outputs }), 'g').last, end);
  }
  assert.equal(signatureOf(foreign({ end: null }), 'g').last, 'ConvTranspose');
});

it('whatever else a file takes or gives is told, with what is wanted', () => {
  const wanted = /; wanted is one latent \[1, channels, 2, 8\] of float32, and one roll \[1, planes, 64, 256\]\.$/;
  refusal(taking(1, 100, 1, 1), /^g\.onnx takes "input\.1" as \[1, 100, 1, 1\]/);
  refusal(taking(1, 7, 4, 8), wanted);
  refusal(taking(1, 7, 2), wanted);
  refusal(taking(1, 100), wanted);
  refusal(taking('n', 'c', 2, 8), wanted);
  refusal(taking(1, 1025, 2, 8), wanted);
  refusal(taking(), wanted);
  refusal(taking(16, 7, 2, 8), /^g\.onnx takes 16 latents at once: export it for one, or for any\.$/);
  refusal({ inputs: [] }, /^g\.onnx takes 0 inputs; wanted/);
  refusal({ inputs: [latent, { ...latent, name: 'label' }] }, /takes 2 inputs \("input\.1" \[.*"label" \[/);
  refusal({ outputs: [] }, /gives 0 outputs;/);
  refusal({ inputs: [{ ...latent, type: 'int64' }] }, /has "input\.1" in int64;/);
});

it('what is no graph is told so in one sentence', () => {
  assert.throws(() => signatureOf(new TextEncoder().encode('PK\u0003\u0004 weights'), 'g.pt'), {
    code: 'model',
    message: /^g\.pt is no ONNX graph: [^\n]+\.$/,
  });
});
