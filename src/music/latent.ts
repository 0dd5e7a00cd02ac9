import { type Random, randomFrom, type Seed } from './random.js';

/** Channels x pitch halves x time columns. Each of the 8 columns steers about two bars. */
export interface LatentShape {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** Row-major [channels][rows][columns]. */
export interface Latent {
  readonly shape: LatentShape;
  readonly values: Float32Array;
}

export const latentSize = (shape: LatentShape): number => shape.channels * shape.rows * shape.columns;

/** Standard normal noise in a latent's shape; the same seed gives the same noise everywhere. */
export function noiseFrom(seed: Seed, shape: LatentShape): Latent {
  const random: Random = randomFrom(seed);
  return { shape, values: Float32Array.from({ length: latentSize(shape) }, () => random.normal()) };
}
