import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { OPERATORS } from '#daimon/engine/backends/tfjs/operators.js';
import { tfjsBackend } from '#daimon/engine/backends/tfjs/tfjs.js';
import type { Attribute, Constant, Graph } from '#daimon/engine/graph/graph.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { weights } from '../random-model.js';

/** Each ONNX operator in TensorFlow.js against onnxruntime, on attributes that differ from their defaults too. */

interface Case {
  readonly op: string;
  readonly constants?: readonly Constant[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Another input than [2, 3, 5, 4]. */
  readonly shape?: readonly number[];
}

const int = (value: number): Attribute => ({ kind: 'int', value });
const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
const float = (value: number): Attribute => ({ kind: 'float', value });
const whole = (name: string, ...values: number[]): Constant => ({
  name,
  shape: [values.length],
  type: 'int64',
  data: BigInt64Array.from(values.map(BigInt)),
});
const filter = (...shape: number[]): Constant => weights('filter', shape, 0.5);
const bias = (size: number): Constant => weights('bias', [size], 0.5);

const CASES: readonly Case[] = [
  { op: 'Add', constants: [weights('b', [3, 1, 1], 1)] },
  { op: 'Sub', constants: [weights('b', [5, 4], 1)] },
  { op: 'Mul', constants: [weights('b', [1], 1)] },
  { op: 'Greater', constants: [weights('b', [2, 3, 5, 4], 1)] },
  { op: 'Cast', attributes: { to: int(1) } },
  { op: 'LeakyRelu' },
  { op: 'LeakyRelu', attributes: { alpha: float(0.2) } },
  { op: 'Relu' },
  { op: 'Tanh' },
  { op: 'Sigmoid' },
  { op: 'HardSigmoid' },
  { op: 'HardSigmoid', attributes: { alpha: float(0.5), beta: float(0.25) } },
  {
    op: 'BatchNormalization',
    constants: [filter(3), bias(3), weights('mean', [3], 0.5), weights('variance', [3], 0.1, 1)],
    attributes: { epsilon: float(0.01) },
  },
  { op: 'Softplus' },
  { op: 'Identity' },
  { op: 'MatMul', constants: [weights('b', [4, 6], 1)] },
  { op: 'Gemm', shape: [2, 7], constants: [weights('b', [7, 3], 1)] },
  {
    op: 'Gemm',
    shape: [7, 2],
    constants: [weights('b', [3, 7], 1), bias(3)],
    attributes: { transA: int(1), transB: int(1), alpha: float(0.5), beta: float(2) },
  },
  { op: 'Conv', constants: [filter(6, 3, 3, 2)] },
  { op: 'Conv', constants: [filter(6, 3, 4, 4), bias(6)], attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) } },
  { op: 'Conv', constants: [filter(2, 3, 3, 3)], attributes: { strides: ints(1, 2), pads: ints(0, 1, 2, 0) } },
  { op: 'ConvTranspose', constants: [filter(3, 6, 3, 2)] },
  {
    op: 'ConvTranspose',
    constants: [filter(3, 6, 4, 4), bias(6)],
    attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
  },
  { op: 'ConvTranspose', constants: [filter(3, 2, 3, 4)], attributes: { strides: ints(1, 2), pads: ints(0, 1, 2, 0) } },
  { op: 'ReduceSum' },
  { op: 'ReduceSum', constants: [whole('axes', 2, -1)] },
  { op: 'ReduceSum', constants: [whole('axes', 1)], attributes: { keepdims: int(0) } },
  { op: 'Reshape', constants: [whole('to', 0, -1, 2)] },
  { op: 'Flatten' },
  { op: 'Flatten', attributes: { axis: int(-1) } },
  { op: 'Concat', constants: [weights('b', [2, 3, 5, 2], 1)], attributes: { axis: int(-1) } },
  { op: 'Slice', constants: [whole('starts', 1), whole('ends', 3)] },
  {
    op: 'Slice',
    constants: [whole('starts', -4, 0), whole('ends', 9, -1), whole('axes', 2, -1), whole('steps', 2, 1)],
  },
  { op: 'Transpose' },
  { op: 'Transpose', attributes: { perm: ints(0, 2, 3, 1) } },
];

function graphOf({ op, constants = [], attributes = {}, shape = [2, 3, 5, 4] }: Case): Graph {
  const inputs = ['x', ...constants.map(({ name }) => name)];
  return {
    name: op,
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: 'y', type: 'float32', shape: [] }],
    constants,
    // truth values are looked at as zeros and ones
    nodes:
      op === 'Greater'
        ? [
            { op, inputs, outputs: ['truth'], attributes },
            { op: 'Cast', inputs: ['truth'], outputs: ['y'], attributes: { to: int(1) } },
          ]
        : [{ op, inputs, outputs: ['y'], attributes }],
  };
}

test('every operator that tfjs knows is tried here', () => {
  assert.deepEqual(new Set(CASES.map(({ op }) => op)), new Set(OPERATORS.keys()));
});

for (const [i, one] of CASES.entries()) {
  test(`${i}: ${one.op} ${JSON.stringify(one.attributes ?? {})} means the same to tfjs and onnxruntime`, async () => {
    await tf.setBackend('cpu');
    const graph = graphOf(one);
    const shape = one.shape ?? [2, 3, 5, 4];
    const normals = randomFrom(seed(3));
    const data = Float32Array.from({ length: shape.reduce((n, s) => n * s, 1) }, () => normals.normal());
    const bytes = encodeOnnx({ ...graph, outputs: [{ ...graph.outputs[0], shape: outputShape(one, shape.length) }] });
    const results = [];
    for (const backend of [await openOnnx(null), tfjsBackend(tf, '')]) {
      const network = await backend.load(bytes);
      results.push(await network.run({ data, shape }));
      await network.close();
    }
    const [wanted, got] = results;
    assert.deepEqual(got.shape, wanted.shape);
    for (const [k, value] of wanted.data.entries()) assert.ok(Math.abs(value - got.data[k]) < 1e-5, `at ${k}`);
  });
}

/** Only the rank has to be right. */
function outputShape({ op, constants = [], attributes = {} }: Case, rank: number): string[] {
  const left = attributes.keepdims === undefined ? rank : rank - 1;
  const ranks: Record<string, number> = { Flatten: 2, Reshape: constants[0]?.shape[0] ?? rank, ReduceSum: left };
  return Array.from({ length: ranks[op] ?? rank }, (_, axis) => `d${axis}`);
}

test('an operator that tfjs lacks is named in one sentence', async () => {
  const graph = graphOf({ op: 'Einsum' });
  await assert.rejects(tfjsBackend(tf, '').load(encodeOnnx(graph)), {
    code: 'model',
    message: /^The tfjs backend can't run Einsum "y" of this model: [^.]+\. Use --backend onnx\.$/,
  });
});

test('a convolution that tfjs can not do is named, not done wrong', async () => {
  await tf.setBackend('cpu');
  const asked: Readonly<Record<string, Attribute>>[] = [
    { group: int(3) },
    { dilations: ints(2, 2) },
    { auto_pad: { kind: 'string', value: 'SAME_UPPER' } },
  ];
  for (const attributes of asked) {
    const graph = graphOf({ op: 'Conv', constants: [filter(3, 3, 3, 3)], attributes });
    const network = await tfjsBackend(tf, '').load(encodeOnnx(graph));
    await assert.rejects(network.run({ data: new Float32Array(120), shape: [2, 3, 5, 4] }), { code: 'model' });
    await network.close();
  }
});
