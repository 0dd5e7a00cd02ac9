import { PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { critic } from '../networks/critic.js';
import { encoder, type Posterior } from '../networks/encoder.js';
import { generator } from '../networks/generator.js';
import { trainingLayers } from '../networks/layers.js';
import {
  add,
  binarise,
  exp,
  mean,
  multiply,
  relu,
  scale,
  shift,
  sigmoid,
  softplus,
  square,
  subtract,
} from '../tape/arithmetic.js';
import { sum } from '../tape/shape.js';
import { createTape, type Tape, type Tensor } from '../tape/tape.js';
import { type TrainingGraph, trainingGraph } from './training-graph.js';

export interface VaeganSize {
  readonly width: number;
  readonly latentChannels: number;
  readonly batch: number;
  readonly planes: number;
}

/** How much the adversarial term weighs against the summed cross-entropy of a block. */
const ADVERSARIAL_WEIGHT = 60;

const rollShape = ({ batch, planes }: VaeganSize): number[] => [batch, planes, PITCHES, STEPS_PER_BLOCK];
export const latentShapeOf = (size: VaeganSize): number[] => [size.batch, size.latentChannels, 2, 8];

/**
 * The autoencoder's update (Kingma & Welling 2014): cross-entropy of the roll, summed over its cells, and the
 * divergence of the posterior from N(0, 1), weighted. Without `learn` it says only what they are.
 */
export function autoencoderGraph(size: VaeganSize, learn = true): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const rolls = tape.input('rolls', rollShape(size));
  const posterior = encoder(layers, rolls, size.width, size.latentChannels);
  const crossEntropy = crossEntropyOf(tape, rolls, generator(layers, sample(tape, posterior, size), size));
  const divergence = scale(tape, sum(tape, divergenceOf(tape, posterior), 'all'), 1 / size.batch);
  const outputs = { crossEntropy, divergence };
  if (!learn) return trainingGraph('autoencode', layers, outputs);
  const loss = add(tape, crossEntropy, multiply(tape, divergence, tape.input('divergenceWeight', [])));
  return trainingGraph('autoencode', layers, outputs, { loss, learned: layers.specs });
}

/**
 * The generator's update against the critic: it has to please it with what it makes of latents drawn from the prior
 * (hinge loss), binarised as they will be played, and still to draw real blocks from their own latents.
 */
export function adversarialGraph(size: VaeganSize): TrainingGraph & { learned: readonly string[] } {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const rolls = tape.input('rolls', rollShape(size));
  const crossEntropy = crossEntropyOf(tape, rolls, generator(layers, tape.input('latent', latentShapeOf(size)), size));
  const drawn = generator(layers, tape.input('drawn', latentShapeOf(size)), size);
  // what the critic adds to the tape is not this update's to change
  const learned = [...layers.specs];
  const fake = binarise(tape, sigmoid(tape, drawn), 0.5);
  const { scores } = critic(layers, fake, size.width);
  const pleasure = total(
    tape,
    scores.map((s) => mean(tape, s, 'all')),
  );
  const loss = subtract(tape, crossEntropy, scale(tape, pleasure, ADVERSARIAL_WEIGHT));
  const outputs = { crossEntropy, fake, generator: scale(tape, pleasure, -1) };
  const built = trainingGraph('adversarial', layers, outputs, { loss, learned });
  return { ...built, learned: learned.map((p) => p.name) };
}

/** The critic's update: hinge loss (Lim & Ye 2017) on real rolls and on drawn ones. */
export function criticGraph(size: VaeganSize): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const real = critic(layers, tape.input('rolls', rollShape(size)), size.width);
  const fake = critic(layers, tape.input('fake', rollShape(size)), size.width);
  const hinge = (score: Tensor, sign: number): Tensor =>
    mean(tape, relu(tape, shift(tape, scale(tape, score, sign), 1)), 'all');
  const loss = total(tape, [...real.scores.map((s) => hinge(s, -1)), ...fake.scores.map((s) => hinge(s, 1))]);
  const vectors = Object.fromEntries(Object.entries(real.vectors).map(([name, u]) => [`next.${name}`, u]));
  return trainingGraph('critic', layers, { critic: loss, ...vectors }, { loss, learned: layers.specs });
}

/** Summed over a block's cells. */
function crossEntropyOf(tape: Tape, rolls: Tensor, logits: Tensor): Tensor {
  const cells = subtract(tape, softplus(tape, logits), multiply(tape, rolls, logits));
  return scale(tape, sum(tape, cells, 'all'), 1 / rolls.shape[0]!);
}

function sample(tape: Tape, { mean: centre, logVariance }: Posterior, size: VaeganSize): Tensor {
  const deviation = exp(tape, scale(tape, logVariance, 0.5));
  return add(tape, centre, multiply(tape, deviation, tape.input('noise', latentShapeOf(size))));
}

/** KL(N(mean, variance) || N(0, 1)), each latent number by itself. */
function divergenceOf(tape: Tape, { mean: centre, logVariance }: Posterior): Tensor {
  const spread = subtract(tape, exp(tape, logVariance), logVariance);
  return scale(tape, shift(tape, add(tape, spread, square(tape, centre)), -1), 0.5);
}

const total = (tape: Tape, parts: readonly Tensor[]): Tensor => parts.reduce((a, b) => add(tape, a, b));
