import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of, writeCard } from '#daimon/engine/bundle.js';
import type { Card } from '#daimon/engine/card.js';
import type { Attribute, Constant, Graph, GraphNode } from '#daimon/engine/graph/graph.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { Role } from '#daimon/music/roll.js';

/** A small untrained model in the shape of a real one, for tests that care how it is run and not what it plays. */
export interface RandomModel {
  readonly channels: number;
  readonly planes: number;
  readonly roles?: readonly Role[];
  readonly withPrior: boolean;
}

export const SMALL: RandomModel = { channels: 3, planes: 2, withPrior: true };
export const TWO_ROLES: RandomModel = {
  channels: 3,
  planes: 4,
  roles: [
    { name: 'melody', voices: 1 },
    { name: 'chords', voices: null },
  ],
  withPrior: true,
};

const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
const float = (value: number): Attribute => ({ kind: 'float', value });
const normals = randomFrom(seed(5));

export const weights = (name: string, shape: readonly number[], scale: number, shift = 0): Constant => ({
  name,
  shape,
  type: 'float32',
  data: Float32Array.from({ length: shape.reduce((n, s) => n * s, 1) }, () => shift + scale * normals.normal()),
});

/** Five doublings from 2 x 8 to 64 x 256, as in the shipped models. */
export function randomGenerator({ channels, planes }: RandomModel): Graph {
  const widths = [channels, 6, 5, 4, 3, planes];
  const constants: Constant[] = [];
  const nodes: GraphNode[] = [];
  let from = 'latent';
  for (let layer = 0; layer < 5; layer++) {
    const [into, out] = [widths[layer], widths[layer + 1]];
    const last = layer === 4;
    constants.push(weights(`w${layer}`, [into, out, 4, 4], (last ? 2 : 0.5) / Math.sqrt(into)));
    constants.push(weights(`b${layer}`, [out], 0.1, last ? -1 : 0));
    nodes.push({
      op: 'ConvTranspose',
      inputs: [from, `w${layer}`, `b${layer}`],
      outputs: [`c${layer}`],
      attributes: { kernel_shape: ints(4, 4), strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
    });
    nodes.push(
      last
        ? { op: 'Sigmoid', inputs: [`c${layer}`], outputs: ['roll'], attributes: {} }
        : { op: 'LeakyRelu', inputs: [`c${layer}`], outputs: [`a${layer}`], attributes: { alpha: float(0.2) } },
    );
    from = `a${layer}`;
  }
  return {
    name: 'generator',
    inputs: [{ name: 'latent', type: 'float32', shape: ['batch', channels, 2, 8] }],
    outputs: [{ name: 'roll', type: 'float32', shape: ['batch', planes, 64, 256] }],
    constants,
    nodes,
  };
}

export function randomPrior({ channels }: RandomModel): Graph {
  const size = channels * 16;
  return {
    name: 'prior',
    inputs: [{ name: 'noise', type: 'float32', shape: ['batch', channels, 2, 8] }],
    outputs: [{ name: 'latent', type: 'float32', shape: ['batch', channels, 2, 8] }],
    constants: [
      weights('w', [size, size], 1 / Math.sqrt(size)),
      weights('b', [size], 0.1),
      { name: 'shape', shape: [4], type: 'int64', data: BigInt64Array.of(0n, BigInt(channels), 2n, 8n) },
    ],
    nodes: [
      { op: 'Flatten', inputs: ['noise'], outputs: ['flat'], attributes: {} },
      { op: 'Gemm', inputs: ['flat', 'w', 'b'], outputs: ['mixed'], attributes: { transB: { kind: 'int', value: 1 } } },
      { op: 'Tanh', inputs: ['mixed'], outputs: ['bent'], attributes: {} },
      { op: 'Reshape', inputs: ['bent', 'shape'], outputs: ['latent'], attributes: {} },
    ],
  };
}

export function cardOf(name: string, model: RandomModel, files: Card['files']): Card {
  const { channels, planes, roles } = model;
  const latent = { channels, rows: 2, columns: 8 } as const;
  return {
    format: 1,
    name,
    title: 'Untrained',
    architecture: { kind: 'dcgan', width: 3, latent, planes, ...(roles && { roles: [...roles] }), basePitch: 30 },
    decoding: { fragmentThreshold: 0.6 },
    training: {
      command: 'none',
      dataset: { name: 'none', source: 'none', licence: 'CC0-1.0', blocks: 0, heldOut: 0 },
      seed: 5,
      steps: 0,
      minutes: 0,
      hardware: 'none',
      date: '2026-01-31',
      doubts: ['It is untrained.'],
    },
    keys: [
      { move: -2, share: 0.25, pitch: 58, deviation: 2 },
      { move: 5, share: 0.75, pitch: 64, deviation: 2 },
    ],
    figures: { notesPerBar: { model: 1, trainingSet: 2 } },
    weaknesses: ['It plays noise.'],
    files,
  };
}

/** As `daimon evaluate --card` leaves one: a bar met, one missed, one that nobody can know, and none. */
export const EVALUATION: NonNullable<Card['evaluation']> = {
  command: 'daimon evaluate --model judged --card',
  date: '2026-02-01',
  blocks: 500,
  draws: 10_000,
  rows: [
    { figure: 'mean OA', unit: 'number', model: 0.912, real: 0.931, bar: '>= 0.90', met: true },
    { figure: 'mean KL', unit: 'number', model: null, real: 0.12, bar: '', met: null },
    { figure: 'Frechet distance', unit: 'number', model: 2.5, real: null, bar: '<= 2 x held out', met: null },
    {
      figure: 'near copies, 4 bars',
      unit: 'share',
      model: 0.03,
      real: 0.001,
      bar: '<= held out + 0.5 points = 0.60 %',
      met: false,
    },
  ],
};

const written: string[] = [];
process.once('exit', () => {
  for (const root of written) rmSync(root, { recursive: true, force: true });
});

/** Writes a bundle NAME into a new folder of bundles, which goes with the process, and gives that folder. */
export async function writeRandomBundle(
  name: string,
  model: RandomModel,
  evaluation?: NonNullable<Card['evaluation']>,
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'daimon-models-'));
  written.push(root);
  const folder = join(root, name);
  await mkdir(folder);
  const generator = encodeOnnx(randomGenerator(model));
  await writeFile(join(folder, 'generator.onnx'), generator);
  const files: { generator: string; prior?: string } = { generator: sha256Of(generator) };
  if (model.withPrior) {
    const prior = encodeOnnx(randomPrior(model));
    await writeFile(join(folder, 'prior.onnx'), prior);
    files.prior = sha256Of(prior);
  }
  await writeCard(folder, { ...cardOf(name, model, files), ...(evaluation && { evaluation }) });
  return root;
}
