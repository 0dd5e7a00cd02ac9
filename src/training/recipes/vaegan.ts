import { latentSize } from '../../music/latent.js';
import { gaussianPriorGraph, generatorGraph } from '../networks/inference-graphs.js';
import { compile, type Values } from '../tape/compile.js';
import { type AdamRates, adamStep, averaged, initialise, resetMoments, trackAverage } from './adam.js';
import { noise, randomBatch, stepSeed } from './batch.js';
import { createCalibrator } from './calibrate.js';
import { createFlow } from './flow.js';
import { fitGaussian, type Gaussian, latentOf } from './gaussian.js';
import { type Posterior, posteriorOf } from './posterior.js';
import type { CreateRecipe } from './recipe.js';
import { autoencoderGraph, criticGraph, encodeGraph, latentShapeOf, type VaeganSize } from './vaegan-graphs.js';

/** Steps over which the divergence's weight rises: the autoencoder first learns to say anything at all. */
const DIVERGENCE_RISE = 1000;
const ALONE = { rate: 1e-3, beta1: 0.9, beta2: 0.999 };
const AGAINST_CRITIC = { rate: 3e-4, beta1: 0.5, beta2: 0.999 };
/** The autoencoder's rate falls twice in its time alone. */
const aloneAt = (share: number): AdamRates => ({
  ...ALONE,
  rate: ALONE.rate * (share < 0.6 ? 1 : share < 0.85 ? 0.3 : 0.1),
});
const AVERAGE_DECAY = 0.995;
/** The prior follows the moving posterior. */
const PRIOR_EVERY = 250;

/** What chance is used for within a step. */
const BATCH = 0;
const POSTERIOR = 1;
const PRIOR = 2;
const ENCODING = 3;

/**
 * Three phases. An autoencoder, whose decoder is the generator; then with a critic that sees what the generator makes
 * of latents drawn from a Gaussian with the covariances of real blocks' latents; then the prior, a flow that carries
 * those draws to where real latents lie.
 */
export const createVaegan: CreateRecipe = async (blocks, state, options) => {
  const { batch, seed } = options;
  const { autoencoder: warmUp = 0, critic: criticSteps = 0, prior: priorSteps = 0 } = options.phases;
  const { planes } = blocks;
  const size: VaeganSize = { ...options, planes };
  const latentShape = { channels: options.latentChannels, rows: 2, columns: 8 };
  const latents = latentSize(latentShape);

  const graphs = {
    alone: autoencoderGraph(size, false),
    against: autoencoderGraph(size, true),
    critic: criticGraph(size),
    encode: encodeGraph(size),
  };
  const learned = graphs.alone.parameters.map((p) => p.name);
  const judged = graphs.critic.parameters.map((p) => p.name);
  for (const g of Object.values(graphs)) initialise(state, [...g.parameters, ...g.vectors], seed);
  const [alone, against, critic, encode, calibrator, flow] = await Promise.all([
    compile(graphs.alone.graph, options),
    compile(graphs.against.graph, options),
    compile(graphs.critic.graph, options),
    compile(graphs.encode.graph, options),
    createCalibrator(latentShapeOf(size), size, options),
    createFlow(state, latentShape, seed, options),
  ]);

  const posterior = (): Promise<Posterior> =>
    posteriorOf(encode, averaged(state, learned), blocks, { batch, size: latents }, (i) =>
      noise(batch * latents, stepSeed(seed, i, ENCODING)),
    );

  async function refitPrior(): Promise<Posterior> {
    const fitted = await posterior();
    const { mean, factor } = fitGaussian(fitted.samples, latents);
    state['prior.mean'] = mean;
    state['prior.factor'] = factor;
    return fitted;
  }

  let settled: Posterior | null = null;
  const prior = (): Gaussian => ({ mean: state['prior.mean']!, factor: state['prior.factor']! });

  function fromPrior(step: number): Float32Array {
    const drawn = new Float32Array(batch * latents);
    const white = noise(batch * latents, stepSeed(seed, step, PRIOR));
    for (let i = 0; i < batch; i++)
      drawn.set(latentOf(prior(), white.subarray(i * latents, (i + 1) * latents)), i * latents);
    return drawn;
  }

  return {
    latentShape,
    planes,
    async step(step) {
      if (step >= warmUp + criticSteps) {
        // the autoencoder is done: its latents stand still, and one look at them lasts
        settled ??= await refitPrior();
        return { flow: await flow.step(step - warmUp - criticSteps, priorSteps, prior(), settled.draw) };
      }
      const rolls = randomBatch(blocks, batch, stepSeed(seed, step, BATCH));
      const common = {
        ...state,
        rolls,
        noise: noise(batch * latents, stepSeed(seed, step, POSTERIOR)),
        divergenceWeight: Float32Array.of(options.divergence * Math.min(1, step / DIVERGENCE_RISE)),
      };
      if (step < warmUp) {
        const made = await alone.run(common);
        adamStep(state, made, learned, step + 1, aloneAt(step / warmUp));
        trackAverage(state, learned, AVERAGE_DECAY);
        return losses(made);
      }
      if (step === warmUp) resetMoments(state);
      if (!state['prior.mean'] || step === warmUp || step % PRIOR_EVERY === 0) await refitPrior();
      const made = await against.run({ ...common, latent: fromPrior(step) });
      const judgement = await critic.run({ ...state, rolls, fake: made.fake! });
      adamStep(state, made, learned, step - warmUp + 1, AGAINST_CRITIC);
      adamStep(state, judgement, judged, step - warmUp + 1, AGAINST_CRITIC);
      for (const { name } of graphs.critic.vectors) state[name] = judgement[`next.${name}`]!;
      trackAverage(state, learned, AVERAGE_DECAY);
      return { ...losses(made), critic: judgement.critic![0]! };
    },
    async networks() {
      settled ??= await refitPrior();
      const weights = averaged(state, learned);
      // steps below zero: draws that no step of the training has made
      const statistics = await calibrator.measure(weights, (i) => fromPrior(-1 - i));
      return {
        generator: generatorGraph(weights, statistics, size, latentShape),
        prior: priorSteps > 0 ? flow.graph(prior()) : gaussianPriorGraph(prior(), latentShape),
      };
    },
    async close() {
      for (const c of [alone, against, critic, encode, calibrator, flow]) await c.close();
    },
  };
};

const LOSSES = ['crossEntropy', 'divergence', 'generator'];

const losses = (made: Values): Record<string, number> =>
  Object.fromEntries(LOSSES.flatMap((name) => (made[name] ? [[name, made[name][0]!]] : [])));
