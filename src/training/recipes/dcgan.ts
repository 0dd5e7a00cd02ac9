import { type LatentShape, latentSize } from '../../music/latent.js';
import { PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { discriminator } from '../networks/discriminator.js';
import { type GeneratorSize, generator } from '../networks/generator.js';
import { generatorGraph } from '../networks/inference-graphs.js';
import { trainingLayers } from '../networks/layers.js';
import { add, mean, scale, sigmoid, softplus } from '../tape/arithmetic.js';
import { compile } from '../tape/compile.js';
import { createTape, type Tape, type Tensor } from '../tape/tape.js';
import { adamStep, initialise } from './adam.js';
import { noise, randomBatch, stepSeed } from './batch.js';
import { createCalibrator } from './calibrate.js';
import type { CreateRecipe, RecipeOptions } from './recipe.js';
import { type TrainingGraph, trainingGraph } from './training-graph.js';

const RATES = { rate: 2e-4, beta1: 0.5, beta2: 0.999 };

/** What chance is used for within a step. */
const BATCH = 0;
const NOISE = 1;
const CALIBRATION = 2;

/** Options, and the planes of the blocks. */
interface Size extends RecipeOptions {
  readonly planes: number;
}

const rollShape = ({ batch, planes }: Size): number[] => [batch, planes, PITCHES, STEPS_PER_BLOCK];
const sizeOf = ({ width, planes }: Size): GeneratorSize => ({ width, planes });
const noiseShape = ({ batch, latentChannels }: RecipeOptions): number[] => [batch, latentChannels, 2, 8];

/** Cross-entropy of logits against "real" (sign -1) or "drawn" (sign 1). */
const crossEntropy = (tape: Tape, logits: Tensor, sign: number): Tensor =>
  mean(tape, softplus(tape, scale(tape, logits, sign)), 'all');

/** Noise -> rolls, and the generator's update: the discriminator should take them for real. */
function generatorUpdate(options: Size): TrainingGraph & { learned: readonly string[] } {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const fake = sigmoid(tape, generator(layers, tape.input('noise', noiseShape(options)), sizeOf(options)));
  // what the discriminator adds to the tape is not this update's to change
  const learned = [...layers.specs];
  const loss = crossEntropy(tape, discriminator(layers, fake, options.width), -1);
  const built = trainingGraph('generator', layers, { fake, generator: loss }, { loss, learned });
  return { ...built, learned: learned.map((p) => p.name) };
}

/** The discriminator's update on real rolls and on drawn ones, each a batch of its own, as in the original. */
function discriminatorUpdate(options: Size): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const real = discriminator(layers, tape.input('rolls', rollShape(options)), options.width);
  const fake = discriminator(layers, tape.input('fake', rollShape(options)), options.width);
  const loss = add(tape, crossEntropy(tape, real, -1), crossEntropy(tape, fake, 1));
  return trainingGraph('discriminator', layers, { discriminator: loss }, { loss, learned: layers.specs });
}

/** The original: generator and discriminator against each other, noise being the latent, and nothing else. */
export const createDcgan: CreateRecipe = async (blocks, state, choices) => {
  const options = { ...choices, planes: blocks.planes };
  const { batch, seed, planes } = options;
  const latentShape: LatentShape = { channels: options.latentChannels, rows: 2, columns: 8 };
  const latents = latentSize(latentShape);
  const drawing = generatorUpdate(options);
  const judging = discriminatorUpdate(options);
  initialise(state, [...drawing.parameters, ...judging.parameters], seed);
  const [draw, judge, calibrator] = await Promise.all([
    compile(drawing.graph, options),
    compile(judging.graph, options),
    createCalibrator(noiseShape(options), sizeOf(options), options),
  ]);
  const judged = judging.parameters.map((p) => p.name);
  return {
    latentShape,
    planes,
    async step(step) {
      const rolls = randomBatch(blocks, batch, stepSeed(seed, step, BATCH));
      const made = await draw.run({ ...state, noise: noise(batch * latents, stepSeed(seed, step, NOISE)) });
      const judgement = await judge.run({ ...state, rolls, fake: made.fake! });
      adamStep(state, made, drawing.learned, step + 1, RATES);
      adamStep(state, judgement, judged, step + 1, RATES);
      return { generator: made.generator![0]!, discriminator: judgement.discriminator![0]! };
    },
    async networks() {
      const latentsOf = (i: number): Float32Array => noise(batch * latents, stepSeed(seed, i, CALIBRATION));
      const statistics = await calibrator.measure(state, latentsOf);
      return { generator: generatorGraph(state, statistics, sizeOf(options), latentShape), prior: null };
    },
    async close() {
      for (const c of [draw, judge, calibrator]) await c.close();
    },
  };
};
