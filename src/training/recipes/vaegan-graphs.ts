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

/** Rolls -> posterior means and samples: how the prior learns where music lies. */
export function encodeGraph(size: VaeganSize): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const posterior = encoder(layers, tape.input('rolls', rollShape(size)), size.width, size.latentChannels);
  const latent = sample(tape, posterior, size);
  return trainingGraph('encode', layers, { latent, ...posterior });
}

/**
 * The autoencoder's update (Kingma & Welling 2014): cross-entropy of the roll, summed over its cells, and the
 * divergence of the posterior from N(0, 1), weighted. With `adversarial`, the generator also has to please the critic
 * with what it makes of latents from the prior (hinge loss), binarised as they will be played.
 */
export function autoencoderGraph(size: VaeganSize, adversarial: boolean): TrainingGraph {
  const tape = createTape();
  const layers = trainingLayers(tape);
  const rolls = tape.input('rolls', rollShape(size));
  const posterior = encoder(layers, rolls, size.width, size.latentChannels);
  const logits = generator(layers, sample(tape, posterior, size), size);

  const crossEntropy = scale(
    tape,
    sum(tape, subtract(tape, softplus(tape, logits), multiply(tape, rolls, logits)), 'all'),
    1 / size.batch,
  );
  const divergence = scale(tape, sum(tape, divergenceOf(tape, posterior), 'all'), 1 / size.batch);
  let loss = add(tape, crossEntropy, multiply(tape, divergence, tape.input('divergenceWeight', [])));
  // what the critic adds to the tape later is not this update's to change
  const learned = [...layers.specs];
  const outputs: Record<string, Tensor> = { crossEntropy, divergence };

  if (adversarial) {
    const drawn = generator(layers, tape.input('latent', latentShapeOf(size)), size);
    const fake = binarise(tape, sigmoid(tape, drawn), 0.5);
    const { scores } = critic(layers, fake, size.width);
    const displeasure = scale(
      tape,
      total(
        tape,
        scores.map((s) => mean(tape, s, 'all')),
      ),
      -1,
    );
    loss = add(tape, loss, scale(tape, displeasure, ADVERSARIAL_WEIGHT));
    Object.assign(outputs, { fake, generator: displeasure });
  }
  return trainingGraph(adversarial ? 'adversarial' : 'autoencode', layers, outputs, { loss, learned });
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
