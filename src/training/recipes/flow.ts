import { type LatentShape, latentSize } from '../../music/latent.js';
import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { trainingLayers } from '../networks/layers.js';
import { TIME_FEATURES, TOLD, timeFeatures, velocity } from '../networks/velocity.js';
import { mean, square, subtract } from '../tape/arithmetic.js';
import { type CompileOptions, compile } from '../tape/compile.js';
import { createTape } from '../tape/tape.js';
import { adamStep, averaged, initialise, type TrainingState, trackAverage } from './adam.js';
import { noise } from './batch.js';
import { begin, COLUMNS, type Form, repeat } from './forms.js';
import { type TrainingGraph, trainingGraph } from './training-graph.js';

const BATCH = 128;
export const FLOW_WIDTH = 128;
const RATE = 2e-3;
/** Steps over which the rate rises from nothing. */
const RISE = 100;
const AVERAGE_DECAY = 0.999;

/** A latent to learn from, written into `into`, and the form of its block; chosen by `seed`. */
export type DrawLatent = (seed: Seed, into: Float32Array) => Form;

/** A prior that is learned: it carries noise to where the latents of real blocks of a form lie. */
export interface Flow {
  /** One update, `step` of `steps`, from 0. Gives the loss. */
  step(step: number, steps: number, to: DrawLatent): Promise<number>;
  /** The loss of the averaged weights on a batch, without learning from it. */
  loss(to: DrawLatent, seed: Seed): Promise<number>;
  /** What draws best. */
  weights(): Readonly<Record<string, Float32Array>>;
  close(): Promise<void>;
}

/** Rectified flow (Liu et al. 2023): learns the mean direction of straight lines from noise to data. */
export async function createFlow(
  state: TrainingState,
  shape: LatentShape,
  roles: number,
  seed: Seed,
  options: CompileOptions,
): Promise<Flow> {
  const update = flowGraph(shape, roles, true);
  initialise(state, update.parameters, seed);
  const names = update.parameters.map((p) => p.name);
  const [learning, judging] = await Promise.all([
    compile(update.graph, options),
    compile(flowGraph(shape, roles, false).graph, options),
  ]);
  return {
    async step(step, steps, to) {
      const made = await learning.run({ ...state, ...batchFor(shape, roles, to, deriveSeed(seed, step)) });
      const rate = RATE * Math.min(1, step / RISE) * ((1 + Math.cos((Math.PI * step) / steps)) / 2);
      adamStep(state, made, names, step + 1, { rate, beta1: 0.9, beta2: 0.999 });
      trackAverage(state, names, Math.min(AVERAGE_DECAY, (step + 1) / (step + 50)));
      return made.flow![0]!;
    },
    async loss(to, chance) {
      const made = await judging.run({ ...averaged(state, names), ...batchFor(shape, roles, to, chance) });
      return made.flow![0]!;
    },
    weights: () => averaged(state, names),
    async close() {
      await learning.close();
      await judging.close();
    },
  };
}

/** Points on lines from noise to latents. Columns that are alike begin at noise that is. */
function batchFor(shape: LatentShape, roles: number, to: DrawLatent, seed: Seed): Record<string, Float32Array> {
  const size = latentSize(shape);
  const toldSize = roles * TOLD * COLUMNS;
  const batch = {
    at: new Float32Array(BATCH * size),
    direction: new Float32Array(BATCH * size),
    times: new Float32Array(BATCH * TIME_FEATURES),
    told: new Float32Array(BATCH * toldSize),
    mixing: new Float32Array(BATCH * COLUMNS * COLUMNS),
  };
  const end = new Float32Array(size);
  for (let i = 0; i < BATCH; i++) {
    const chance = deriveSeed(seed, i);
    const start = noise(size, chance);
    const form = to(deriveSeed(chance, 0), end);
    begin(start, form);
    repeat(end, form);
    const time = randomFrom(deriveSeed(chance, 1)).uniform();
    batch.times.set(timeFeatures(time), i * TIME_FEATURES);
    batch.told.set(form.told, i * toldSize);
    batch.mixing.set(form.mixing, i * COLUMNS * COLUMNS);
    for (let k = 0; k < size; k++) {
      batch.at[i * size + k] = start[k]! + time * (end[k]! - start[k]!);
      batch.direction[i * size + k] = end[k]! - start[k]!;
    }
  }
  return batch;
}

function flowGraph(shape: LatentShape, roles: number, learn: boolean): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const latents = [BATCH, shape.channels * shape.rows, 1, shape.columns];
  const form = {
    told: tape.input('told', [BATCH, roles * TOLD, 1, COLUMNS]),
    mixing: tape.input('mixing', [BATCH, COLUMNS, COLUMNS]),
  };
  const times = tape.input('times', [BATCH, TIME_FEATURES, 1, 1]);
  const moved = velocity(layers, tape.input('at', latents), times, form, FLOW_WIDTH);
  const loss = mean(tape, square(tape, subtract(tape, moved, tape.input('direction', latents))), 'all');
  return trainingGraph('flow', layers, { flow: loss }, learn ? { loss, learned: layers.specs } : undefined);
}
