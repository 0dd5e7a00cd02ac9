import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import * as arithmetic from '#daimon/training/tape/arithmetic.js';
import { compile } from '#daimon/training/tape/compile.js';
import { conv, convTranspose } from '#daimon/training/tape/convolution.js';
import { matmul } from '#daimon/training/tape/linear.js';
import { batchNorm, minibatchDeviation, spectralNorm } from '#daimon/training/tape/normalise.js';
import { channels, concat, expand, reshape, sum, transpose } from '#daimon/training/tape/shape.js';
import { createTape, sizeOf, type Tape, type Tensor } from '#daimon/training/tape/tape.js';

type Build = (tape: Tape, inputs: Tensor[]) => Tensor;

/**
 * The gradient of sum(weights * f(inputs)) by the tape against central differences. float32 forward passes limit the
 * differences, so inputs are few and steps large; the ops are smooth where they are tested.
 */
async function assertGradients(shapes: number[][], build: Build): Promise<void> {
  const random = randomFrom(seed(11));
  const tape = createTape();
  const inputs = shapes.map((shape, i) => tape.input(`x${i}`, shape));
  const y = build(tape, inputs);
  const weights = tape.constant(
    Float32Array.from({ length: sizeOf(y.shape) }, () => random.normal()),
    y.shape,
  );
  const loss = sum(tape, arithmetic.multiply(tape, y, weights), 'all');
  const gradients = tape.gradients(loss, inputs);
  const outputs = Object.fromEntries(gradients.map((g, i) => [`g${i}`, g]));
  const compiled = await compile(tape.graph('test', { loss, ...outputs }), { threads: 1, provider: 'cpu' });
  const values = Object.fromEntries(
    // away from 0 and 1, where relu and clip have corners
    shapes.map((shape, i) => [
      `x${i}`,
      Float32Array.from(
        { length: sizeOf(shape) },
        () => (random.uniform() < 0.5 ? -1 : 1) * (0.2 + 0.6 * random.uniform()),
      ),
    ]),
  );
  const analytic = await compiled.run(values);
  const lossAt = async (): Promise<number> => (await compiled.run(values)).loss![0]!;
  const step = 0.02;
  for (const [i, shape] of shapes.entries()) {
    const x = values[`x${i}`]!;
    for (let k = 0; k < Math.min(sizeOf(shape), 12); k++) {
      const at = random.below(sizeOf(shape));
      const kept = x[at]!;
      x[at] = kept + step;
      const up = await lossAt();
      x[at] = kept - step;
      const down = await lossAt();
      x[at] = kept;
      const numeric = (up - down) / (2 * step);
      const given = analytic[`g${i}`]![at]!;
      const tolerance = 0.01 * Math.max(1, Math.abs(numeric));
      assert.ok(
        Math.abs(numeric - given) < tolerance,
        `input ${i} at ${at}: differences say ${numeric}, the tape ${given}`,
      );
    }
  }
  await compiled.close();
}

const WIDE = { kernel: 4, stride: 2, padding: 1 };
const SAME = { kernel: 3, stride: 1, padding: 1 };
const UNLIKE = { kernel: [4, 2], stride: 2, padding: [1, 0] } as const;
const ALONG = { kernel: [1, 3], stride: 1, padding: [0, 1] } as const;
const shape = [2, 3, 4, 4];
const channel = [1, 3, 1, 1];

const cases: Record<string, [number[][], Build]> = {
  'add, broadcast over channels': [[shape, channel], (t, [a, b]) => arithmetic.add(t, a!, b!)],
  'subtract, broadcast': [[shape, channel], (t, [a, b]) => arithmetic.subtract(t, a!, b!)],
  multiply: [[shape, shape], (t, [a, b]) => arithmetic.multiply(t, a!, b!)],
  'divide, by a sum of squares': [
    [shape, channel],
    (t, [a, b]) => arithmetic.divide(t, a!, arithmetic.shift(t, arithmetic.square(t, b!), 1)),
  ],
  'a value used twice': [[shape], (t, [a]) => arithmetic.add(t, arithmetic.square(t, a!), a!)],
  mean: [[shape], (t, [a]) => arithmetic.square(t, arithmetic.mean(t, a!, [0, 2]))],
  exp: [[shape], (t, [a]) => arithmetic.exp(t, a!)],
  'square root': [[shape], (t, [a]) => arithmetic.sqrt(t, arithmetic.shift(t, arithmetic.square(t, a!), 0.5))],
  sigmoid: [[shape], (t, [a]) => arithmetic.sigmoid(t, a!)],
  softplus: [[shape], (t, [a]) => arithmetic.softplus(t, a!)],
  relu: [[shape], (t, [a]) => arithmetic.relu(t, a!)],
  'leaky relu': [[shape], (t, [a]) => arithmetic.leakyRelu(t, a!, 0.2)],
  clip: [[shape], (t, [a]) => arithmetic.clip(t, a!, -0.5, 0.5)],
  matmul: [
    [
      [3, 4],
      [4, 5],
    ],
    (t, [a, b]) => matmul(t, a!, b!),
  ],
  'matmul of stacks': [
    [
      [2, 3, 4],
      [2, 4, 5],
    ],
    (t, [a, b]) => matmul(t, a!, b!),
  ],
  'reshape and transpose': [[shape], (t, [a]) => arithmetic.square(t, transpose(t, reshape(t, a!, [2, 48]), [1, 0]))],
  'concat and channels': [[shape, shape], (t, [a, b]) => channels(t, concat(t, [a!, arithmetic.square(t, b!)]), 2, 5)],
  expand: [[channel], (t, [a]) => arithmetic.square(t, expand(t, a!, shape))],
  'convolution, stride 2': [[[2, 3, 8, 8], [4, 3, 4, 4], [4]], (t, [x, w, b]) => conv(t, x!, w!, b!, WIDE)],
  'convolution, stride 1': [
    [
      [2, 3, 5, 6],
      [4, 3, 3, 3],
    ],
    (t, [x, w]) => conv(t, x!, w!, null, SAME),
  ],
  'convolution, unlike axes': [[[2, 3, 8, 6], [4, 3, 4, 2], [4]], (t, [x, w, b]) => conv(t, x!, w!, b!, UNLIKE)],
  'convolution along one axis': [
    [
      [2, 3, 2, 8],
      [4, 3, 1, 3],
    ],
    (t, [x, w]) => conv(t, x!, w!, null, ALONG),
  ],
  'transposed convolution, unlike axes': [
    [
      [2, 4, 3, 5],
      [4, 3, 4, 2],
    ],
    (t, [x, w]) => convTranspose(t, x!, w!, null, UNLIKE),
  ],
  'transposed convolution': [[[2, 4, 3, 5], [4, 3, 4, 4], [3]], (t, [x, w, b]) => convTranspose(t, x!, w!, b!, WIDE)],
  'batch normalisation': [[shape, channel, channel], (t, [x, g, o]) => batchNorm(t, x!, g!, o!).output],
  'minibatch deviation': [[shape], (t, [x]) => minibatchDeviation(t, x!)],
};

suite('the tape differentiates', () => {
  for (const [name, [shapes, build]] of Object.entries(cases)) test(name, () => assertGradients(shapes, build));
});

test('a binarised value passes its gradient straight through', async () => {
  const tape = createTape();
  const x = tape.input('x', [4]);
  const y = arithmetic.binarise(tape, x, 0.5);
  const [gradient] = tape.gradients(sum(tape, arithmetic.multiply(tape, y, tape.constant([1, 2, 3, 4], [4])), 'all'), [
    x,
  ]);
  const run = await compile(tape.graph('test', { y, gradient: gradient! }), { threads: 1, provider: 'cpu' });
  const { y: ones, gradient: passed } = await run.run({ x: Float32Array.of(0.4, 0.6, -1, 2) });
  assert.deepEqual([...ones!], [0, 1, 0, 1]);
  assert.deepEqual([...passed!], [1, 2, 3, 4]);
});

test('a spectrally normalised weight has largest singular value 1', async () => {
  const random = randomFrom(seed(5));
  const tape = createTape();
  const normal = spectralNorm(tape, tape.input('w', [3, 2, 2, 2]), tape.input('u', [1, 3]));
  const outputs = { normal: normal.weight, next: normal.u };
  const compiled = await compile(tape.graph('test', outputs), { threads: 1, provider: 'cpu' });
  const w = Float32Array.from({ length: 24 }, () => random.normal());
  let result = await compiled.run({ w, u: Float32Array.of(1, 0, 0) });
  for (let i = 0; i < 200; i++) result = await compiled.run({ w, u: result.next! });
  const matrix = result.normal!;
  // the largest eigenvalue of M M^T (3 x 3), by its own power iteration
  const gram = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) =>
      Array.from({ length: 8 }, (_, k) => matrix[i * 8 + k]! * matrix[j * 8 + k]!).reduce((a, b) => a + b),
    ),
  );
  let v = [1, 1, 1];
  let norm = 0;
  for (let i = 0; i < 500; i++) {
    const next = gram.map((row) => row.reduce((a, g, j) => a + g * v[j]!, 0));
    norm = Math.hypot(...next);
    v = next.map((n) => n / norm);
  }
  assert.ok(Math.abs(norm - 1) < 1e-4, `${norm}`);
});
