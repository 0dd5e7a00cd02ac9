import type { Graph } from '../../engine/graph/graph.js';
import { latentSize } from '../../music/latent.js';
import { randomFrom, type Seed } from '../../music/random.js';
import { generator } from '../networks/generator.js';
import { gaussianPriorGraph, generatorGraph } from '../networks/inference-graphs.js';
import { flowPriorGraph, noiseShapeFor } from '../networks/prior-graph.js';
import { compile, type Values } from '../tape/compile.js';
import { type AdamRates, adamStep, averaged, initialise, resetMoments, trackAverage } from './adam.js';
import { batchOf, noise, stepSeed, transposedBatch } from './batch.js';
import { CALIBRATION_BATCHES, createCalibrator } from './calibrate.js';
import { createFlow, FLOW_WIDTH } from './flow.js';
import type { Form } from './forms.js';
import { fitGaussian } from './gaussian.js';
import { samplesOf } from './posterior.js';
import type { CreateRecipe } from './recipe.js';
import { type Settled, settle } from './settled.js';
import { adversarialGraph, autoencoderGraph, criticGraph, latentShapeOf, type VaeganSize } from './vaegan-graphs.js';

/** Steps over which the divergence's weight rises: the autoencoder first learns to say anything at all. */
const DIVERGENCE_RISE = 1000;
const ALONE = { rate: 1e-3, beta1: 0.9, beta2: 0.999 };
/** The autoencoder's rate falls twice in its time alone. */
const aloneAt = (share: number): AdamRates => ({
  ...ALONE,
  rate: ALONE.rate * (share < 0.6 ? 1 : share < 0.85 ? 0.3 : 0.1),
});
const AGAINST_CRITIC = { rate: 1e-4, beta1: 0.5, beta2: 0.999 };
const AVERAGE_DECAY = 0.995;
/** Autoencoder and prior are looked at on blocks held out, so many steps apart, on so many batches. */
const LOOK_EVERY = 250;
const LOOKS = 8;
/** Forms that a model can draw in, taken from blocks of its music: as many as make chance seldom meet one twice. */
const FORMS = 512;
/** Latents drawn from the prior for the critic to see what becomes of them. */
const DRAWN = 1024;

/** What chance is used for within a step. */
const BATCH = 0;
const POSTERIOR = 1;
const PRIOR = 2;
const ENCODING = 3;
const LOOKING = 4;
const CHOOSING = 5;

/**
 * Three phases. An autoencoder, whose decoder is the generator; then the prior, a flow that carries noise to where
 * real latents lie; then a critic that sees what the generator makes of latents drawn from that prior.
 */
export const createVaegan: CreateRecipe = async (blocks, state, options) => {
  const { batch, seed } = options;
  const { autoencoder: warmUp = 0, prior: priorSteps = 0 } = options.phases;
  const { planes } = blocks;
  const size: VaeganSize = { ...options, planes };
  const roles = planes / 2;
  const latentShape = { channels: options.latentChannels, rows: 2, columns: 8 };
  const latents = latentSize(latentShape);

  const graphs = { alone: autoencoderGraph(size), against: adversarialGraph(size), critic: criticGraph(size) };
  const learned = graphs.alone.parameters.map((p) => p.name);
  const judged = graphs.critic.parameters.map((p) => p.name);
  for (const g of Object.values(graphs)) initialise(state, [...g.parameters, ...g.vectors], seed);
  const [alone, looking, against, critic, flow] = await Promise.all([
    compile(graphs.alone.graph, options),
    compile(autoencoderGraph(size, false).graph, options),
    compile(graphs.against.graph, options),
    compile(graphs.critic.graph, options),
    createFlow(state, latentShape, roles, seed, options),
  ]);

  // what follows is made once the phase before it is done, and lasts
  let settling: Promise<Settled> | null = null;
  const settled = (): Promise<Settled> => {
    settling ??= settle(
      averaged(state, learned),
      blocks,
      { ...size, same: options.same },
      latentShape,
      stepSeed(seed, 0, ENCODING),
      options,
    );
    return settling;
  };
  const priorGraph = async (): Promise<Graph> => {
    const { posterior, forms } = (await settled()).training;
    if (priorSteps === 0) {
      return gaussianPriorGraph(
        fitGaussian(samplesOf(posterior, latents, stepSeed(seed, 1, ENCODING)), latents),
        latentShape,
      );
    }
    return flowPriorGraph(flow.weights(), some(forms, stepSeed(seed, 0, CHOOSING)), roles, latentShape, {
      width: FLOW_WIDTH,
      temperature: options.temperature,
    });
  };
  const noiseShape = priorSteps === 0 ? latentShape : noiseShapeFor(latentShape);
  let drawing: Promise<Float32Array> | null = null;
  const drawn = (): Promise<Float32Array> => {
    drawing ??= drawMany();
    return drawing;
  };
  async function drawMany(): Promise<Float32Array> {
    const prior = await compile(await priorGraph(), options);
    const all = new Float32Array(DRAWN * latents);
    for (let i = 0; i < DRAWN; i++) {
      const made = await prior.run({ noise: noise(latentSize(noiseShape), stepSeed(seed, i, PRIOR)) });
      all.set(made.latent!, i * latents);
    }
    await prior.close();
    return all;
  }
  async function someDrawn(step: number): Promise<Float32Array> {
    const all = await drawn();
    const random = randomFrom(stepSeed(seed, step, PRIOR));
    const chosen = new Float32Array(batch * latents);
    for (let i = 0; i < batch; i++) {
      const at = random.below(DRAWN) * latents;
      chosen.set(all.subarray(at, at + latents), i * latents);
    }
    return chosen;
  }

  async function autoencode(step: number): Promise<Record<string, number>> {
    const made = await alone.run({
      ...state,
      rolls: transposedBatch(blocks, batch, options.transpose, stepSeed(seed, step, BATCH)),
      noise: noise(batch * latents, stepSeed(seed, step, POSTERIOR)),
      divergenceWeight: Float32Array.of(options.divergence * Math.min(1, step / DIVERGENCE_RISE)),
    });
    adamStep(state, made, learned, step + 1, aloneAt(step / warmUp));
    trackAverage(state, learned, AVERAGE_DECAY);
    if (blocks.heldOut.length === 0 || (step + 1) % LOOK_EVERY !== 0) return losses(made);
    return { ...losses(made), crossEntropyHeldOut: await lookAtHeldOut() };
  }

  /** As the autoencoder is trained, with its averaged weights, on a few batches that are always the same. */
  async function lookAtHeldOut(): Promise<number> {
    const random = randomFrom(stepSeed(seed, 0, LOOKING));
    const weights = averaged(state, learned);
    let sum = 0;
    for (let i = 0; i < LOOKS; i++) {
      const indices = Array.from({ length: batch }, () => blocks.heldOut[random.below(blocks.heldOut.length)]!);
      const chance = noise(batch * latents, stepSeed(seed, i, LOOKING));
      const made = await looking.run({ ...weights, rolls: batchOf(blocks, indices), noise: chance });
      sum += made.crossEntropy![0]!;
    }
    return sum / LOOKS;
  }

  async function learnPrior(step: number): Promise<Record<string, number>> {
    const { training, heldOut } = await settled();
    const loss = await flow.step(step, priorSteps, training.draw);
    if (heldOut === null || (step + 1) % LOOK_EVERY !== 0) return { flow: loss };
    return { flow: loss, flowHeldOut: await flow.loss(heldOut.draw, stepSeed(seed, 0, LOOKING)) };
  }

  async function playAgainstCritic(step: number): Promise<Record<string, number>> {
    if (step === 0) resetMoments(state);
    const { posterior } = (await settled()).training;
    const random = randomFrom(stepSeed(seed, step, BATCH));
    const chosen = Array.from({ length: batch }, () => random.below(posterior.count));
    const latent = new Float32Array(batch * latents);
    chosen.forEach((index, i) => {
      posterior.sample(index, random, latent.subarray(i * latents, (i + 1) * latents));
    });
    const indices = chosen.map((index) => blocks.training[index]!);
    const rolls = batchOf(blocks, indices);
    const made = await against.run({ ...state, rolls, latent, drawn: await someDrawn(step) });
    const judgement = await critic.run({ ...state, rolls, fake: made.fake! });
    adamStep(state, made, graphs.against.learned, step + 1, AGAINST_CRITIC);
    adamStep(state, judgement, judged, step + 1, AGAINST_CRITIC);
    for (const { name } of graphs.critic.vectors) state[name] = judgement[`next.${name}`]!;
    trackAverage(state, graphs.against.learned, AVERAGE_DECAY);
    return { ...losses(made), critic: judgement.critic![0]! };
  }

  return {
    latentShape,
    noiseShape,
    planes,
    step(step) {
      if (step < warmUp) return autoencode(step);
      if (step < warmUp + priorSteps) return learnPrior(step - warmUp);
      return playAgainstCritic(step - warmUp - priorSteps);
    },
    async networks() {
      const weights = averaged(state, learned);
      const calibrator = await createCalibrator(latentShapeOf(size), (l, x) => generator(l, x, size), options);
      // steps below zero: draws that no step of the training has seen together
      const batches = await Promise.all(Array.from({ length: CALIBRATION_BATCHES }, (_, i) => someDrawn(-1 - i)));
      const statistics = await calibrator.measure(weights, (i) => batches[i]!);
      await calibrator.close();
      return {
        generator: generatorGraph(weights, statistics, size, latentShape),
        prior: await priorGraph(),
        encoder: (await settled()).encoder,
      };
    },
    async close() {
      for (const c of [alone, looking, against, critic, flow]) await c.close();
    },
  };
};

function some(forms: readonly Form[], seed: Seed): Form[] {
  const random = randomFrom(seed);
  return Array.from({ length: FORMS }, () => forms[random.below(forms.length)]!);
}

const LOSSES = ['crossEntropy', 'divergence', 'generator'];

const losses = (made: Values): Record<string, number> =>
  Object.fromEntries(LOSSES.flatMap((name) => (made[name] ? [[name, made[name][0]!]] : [])));
