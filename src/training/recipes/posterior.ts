import { type Random, randomFrom, type Seed } from '../../music/random.js';
import type { Compiled } from '../tape/compile.js';
import { batchOf } from './batch.js';
import type { Blocks } from './recipe.js';

/** Blocks encoded at once. */
const BATCH = 16;

/** Where an encoder puts blocks: a normal distribution each. */
export interface Posterior {
  readonly count: number;
  /** [count, size] */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** Writes a latent of the block at `index`, its numbers by `random`, with a share of the deviation. */
  sample(index: number, random: Random, into: Float32Array, share?: number): void;
}

/** `encode` is an encoder with fixed statistics: what it says of a block does not hang on its company. */
export async function posteriorOf(
  encode: Compiled,
  blocks: Blocks,
  indices: Uint32Array,
  size: number,
): Promise<Posterior> {
  const mean = new Float32Array(indices.length * size);
  const deviation = new Float32Array(mean.length);
  for (let from = 0; from < indices.length; from += BATCH) {
    const made = await encode.run({ roll: batchOf(blocks, [...indices.subarray(from, from + BATCH)]) });
    mean.set(made.latent!, from * size);
    deviation.set(
      made.logVariance!.map((v) => Math.exp(v / 2)),
      from * size,
    );
  }
  return {
    count: indices.length,
    mean,
    deviation,
    sample(index, random, into, share = 1) {
      const at = index * size;
      for (let k = 0; k < size; k++) into[k] = mean[at + k]! + share * deviation[at + k]! * random.normal();
    },
  };
}

/** One latent of each block, [count, size]. */
export function samplesOf(posterior: Posterior, size: number, seed: Seed): Float32Array {
  const random = randomFrom(seed);
  const samples = new Float32Array(posterior.count * size);
  for (let i = 0; i < posterior.count; i++) posterior.sample(i, random, samples.subarray(i * size, (i + 1) * size));
  return samples;
}
