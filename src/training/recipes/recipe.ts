import type { Graph } from '../../engine/graph/graph.js';
import type { LatentShape } from '../../music/latent.js';
import type { Seed } from '../../music/random.js';
import type { CompileOptions } from '../tape/compile.js';
import type { TrainingState } from './adam.js';

/** What a trainer draws its blocks from; implemented by an open dataset. */
export interface Blocks {
  /** Indices of the blocks to train on. */
  readonly training: Uint32Array;
  /** Indices of blocks to measure on; may be none. */
  readonly heldOut: Uint32Array;
  /** Planes of each block: sounding and onset of each role in turn. */
  readonly planes: number;
  /** Writes a block as zeros and ones, planes x 64 x 256. */
  unpack(index: number, into: Float32Array): void;
}

export interface RecipeOptions extends CompileOptions {
  /** Channels of the narrowest hidden layer. */
  readonly width: number;
  readonly latentChannels: number;
  readonly batch: number;
  /** Weight of the latents' divergence from normal noise: higher is vaguer, and easier to draw from. */
  readonly divergence: number;
  /** The autoencoder hears each block moved up or down by at most so many semitones. */
  readonly transpose: number;
  /** Columns of two bars with such a share of their onsets in common count as repeats, and are drawn as one. */
  readonly same: number;
  /** Scale of the noise before the prior: lower keeps draws nearer to what is typical. */
  readonly temperature: number;
  readonly seed: Seed;
  /** Steps of each phase, in order. */
  readonly phases: Phases;
}

/** Names are a recipe's own. */
export type Phases = Readonly<Record<string, number>>;

export const totalSteps = (phases: Phases): number => Object.values(phases).reduce((a, b) => a + b, 0);

/** The networks of a finished training, ready for a model bundle. */
export interface Networks {
  /** latent [batch, c, 2, 8] -> roll [batch, planes, 64, 256]. */
  readonly generator: Graph;
  /** noise -> latent, where latents are not simply noise. */
  readonly prior: Graph | null;
  /** roll [batch, planes, 64, 256] -> latent, where there is a way back. */
  readonly encoder: Graph | null;
}

/** One way to train a generator. All that it learns is in the state, so that it can be stopped and resumed anywhere. */
export interface Recipe {
  readonly latentShape: LatentShape;
  /** What is drawn by chance: the latent's shape, unless the prior wants more. */
  readonly noiseShape: LatentShape;
  readonly planes: number;
  /** One update of everything, `step` counting from 0. Gives the losses by name. */
  step(step: number): Promise<Readonly<Record<string, number>>>;
  networks(): Promise<Networks>;
  close(): Promise<void>;
}

export type CreateRecipe = (blocks: Blocks, state: TrainingState, options: RecipeOptions) => Promise<Recipe>;
