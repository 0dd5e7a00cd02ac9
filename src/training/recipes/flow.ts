import type { Graph } from '../../engine/graph/graph.js';
import { type LatentShape, latentSize } from '../../music/latent.js';
import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { gaussian as gaussianLayer } from '../networks/inference-graphs.js';
import { inferenceLayers, trainingLayers } from '../networks/layers.js';
import { TIME_FEATURES, timeFeatures, velocity } from '../networks/velocity.js';
import { add, mean, scale, square, subtract } from '../tape/arithmetic.js';
import { type CompileOptions, compile } from '../tape/compile.js';
import { createTape } from '../tape/tape.js';
import { adamStep, averaged, initialise, type TrainingState, trackAverage } from './adam.js';
import { noise } from './batch.js';
import { type Gaussian, latentOf } from './gaussian.js';
import { type TrainingGraph, trainingGraph } from './training-graph.js';

const BATCH = 128;
const WIDTH = 64;
const RATE = 2e-3;
const AVERAGE_DECAY = 0.999;
/** Heun steps from noise to latent; the way is nearly straight, since it begins with the right covariances. */
const DRAWING_STEPS = 6;

/** Real latents to learn from: fills `into` with one chosen by `seed`. */
export type DrawLatent = (seed: Seed, into: Float32Array) => void;

/** A prior that is learned: it carries draws of a Gaussian to where the latents of real blocks lie. */
export interface Flow {
  /** One update, `step` of `steps`, from 0. Gives the loss. */
  step(step: number, steps: number, from: Gaussian, to: DrawLatent): Promise<number>;
  /** noise -> latent, in one graph. */
  graph(from: Gaussian): Graph;
  close(): Promise<void>;
}

/** Rectified flow (Liu et al. 2023): learns the mean direction of straight lines from noise to data. */
export async function createFlow(
  state: TrainingState,
  shape: LatentShape,
  seed: Seed,
  options: CompileOptions,
): Promise<Flow> {
  const size = latentSize(shape);
  const update = updateGraph(shape);
  initialise(state, update.parameters, seed);
  const names = update.parameters.map((p) => p.name);
  const compiled = await compile(update.graph, options);
  return {
    async step(step, steps, from, to) {
      const at = new Float32Array(BATCH * size);
      const direction = new Float32Array(BATCH * size);
      const times = new Float32Array(BATCH * TIME_FEATURES);
      const end = new Float32Array(size);
      for (let i = 0; i < BATCH; i++) {
        const chance = deriveSeed(deriveSeed(seed, step), i);
        const begin = latentOf(from, noise(size, chance));
        to(deriveSeed(chance, 0), end);
        const time = randomFrom(deriveSeed(chance, 1)).uniform();
        times.set(timeFeatures(time), i * TIME_FEATURES);
        for (let k = 0; k < size; k++) {
          at[i * size + k] = begin[k]! + time * (end[k]! - begin[k]!);
          direction[i * size + k] = end[k]! - begin[k]!;
        }
      }
      const made = await compiled.run({ ...state, at, direction, times });
      const rate = (RATE * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      adamStep(state, made, names, step + 1, { rate, beta1: 0.9, beta2: 0.999 });
      trackAverage(state, names, AVERAGE_DECAY);
      return made.flow![0]!;
    },
    graph: (from) => drawingGraph(state, names, from, shape),
    close: () => compiled.close(),
  };
}

function updateGraph(shape: LatentShape): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const latents = [BATCH, shape.channels, shape.rows, shape.columns];
  const moved = velocity(layers, tape.input('at', latents), tape.input('times', [BATCH, TIME_FEATURES, 1, 1]), WIDTH);
  const loss = mean(tape, square(tape, subtract(tape, moved, tape.input('direction', latents))), 'all');
  return trainingGraph('flow', layers, { flow: loss }, { loss, learned: layers.specs });
}

/** The Gaussian's draw, carried along by Heun's method with all its steps written out. */
function drawingGraph(state: TrainingState, names: readonly string[], from: Gaussian, shape: LatentShape): Graph {
  const tape = createTape();
  const layers = inferenceLayers(tape, averaged(state, names), {});
  const noiseIn = tape.input('noise', [1, shape.channels, shape.rows, shape.columns]);
  let x = gaussianLayer(tape, noiseIn, from);
  const step = 1 / DRAWING_STEPS;
  for (let i = 0; i < DRAWING_STEPS; i++) {
    const at = (time: number) => tape.constant(timeFeatures(time), [1, TIME_FEATURES, 1, 1]);
    const first = velocity(layers, x, at(i * step), WIDTH);
    const guess = add(tape, x, scale(tape, first, step));
    const second = velocity(layers, guess, at((i + 1) * step), WIDTH);
    x = add(tape, x, scale(tape, add(tape, first, second), step / 2));
  }
  return tape.graph('prior', { latent: x }, true);
}
