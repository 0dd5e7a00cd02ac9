import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { PbfWriter } from 'pbf';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { GRAPH, MODEL } from '#daimon/engine/graph/onnx-fields.js';
import { outlineOf } from '#daimon/engine/graph/onnx-outline.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { foreign, foreignGraph, withMetadata } from '../../training/adoption/foreign.js';

it('an outline tells what a graph takes, gives and does, whoever wrote it', () => {
  const graph = foreignGraph();
  const outline = outlineOf(withMetadata(encodeOnnx(graph)));
  assert.deepEqual(outline?.inputs, [{ name: 'input.1', elementType: 1, shape: ['batch', 7, 2, 8] }]);
  assert.deepEqual(outline?.outputs, [{ name: '21', elementType: 1, shape: ['batch', 1, 64, 256] }]);
  assert.deepEqual(
    outline?.nodes.map(({ op }) => op),
    graph.nodes.map(({ op }) => op),
  );
  assert.deepEqual(outline?.elsewhere, []);
});

it('constants that older files list among the inputs are none', () => {
  const graph = foreignGraph();
  const listed = graph.constants.map(({ name, shape, type }) => ({ name, shape, type }));
  const outline = outlineOf(encodeOnnx({ ...graph, inputs: [...listed, ...graph.inputs] }));
  assert.deepEqual(
    outline?.inputs.map(({ name }) => name),
    ['input.1'],
  );
});

it('weights that are kept in another file are told of, with its name', () => {
  const entry = (key: string, value: string) => (_: null, p: PbfWriter) => {
    p.writeStringField(1, key);
    p.writeStringField(2, value);
  };
  const tensor = (_: null, p: PbfWriter): void => {
    p.writeMessage(13, entry('location', 'generator.onnx.data'), null);
    p.writeMessage(13, entry('offset', '0'), null);
    p.writeStringField(8, 'w');
  };
  const pbf = new PbfWriter();
  // a second occurrence of a message adds to the first: so protobuf has it
  pbf.writeMessage(MODEL.graph, (_: null, p) => p.writeMessage(GRAPH.initializer, tensor, null), null);
  assert.deepEqual(outlineOf(Buffer.concat([foreign(), pbf.finish()]))?.elsewhere, ['generator.onnx.data']);
});

it('no beginning of a file that ends within its graph is taken for a graph, and no other file is', () => {
  const onnx = foreign();
  const random = randomFrom(seed(2));
  for (let i = 0; i < 300; i++) assert.equal(outlineOf(onnx.subarray(0, random.below(onnx.length - 16))), null);
  for (const file of ['package.json', 'models/folk/card.json', 'docs/models/folk/seed-1.mid', 'docs/pop.svg']) {
    assert.equal(outlineOf(readFileSync(file)), null, file);
  }
});

it('whatever bytes it is given, it answers', () => {
  const random = randomFrom(seed(3));
  const onnx = foreign();
  for (let i = 0; i < 2000; i++) {
    const bytes = i % 2 === 0 ? Uint8Array.from({ length: random.below(300) }, () => random.below(256)) : onnx.slice();
    for (let k = 0; k < 20 && bytes.length > 0; k++)
      bytes[random.below(Math.min(bytes.length, 400))] = random.below(256);
    outlineOf(bytes);
  }
});
