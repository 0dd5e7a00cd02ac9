import { randomFrom } from '../../music/random.js';
import type { Compiled, Values } from '../tape/compile.js';
import { batchOf } from './batch.js';
import type { DrawLatent } from './flow.js';
import type { Blocks } from './recipe.js';

/** Where the encoder puts the training blocks: a normal distribution each. Blocks that fill no last batch are left out. */
export interface Posterior {
  /** One sample of each block, [count, size]. */
  readonly samples: Float32Array;
  /** Draws a block's latent anew. */
  readonly draw: DrawLatent;
}

export async function posteriorOf(
  encode: Compiled,
  weights: Values,
  blocks: Blocks,
  { batch, size }: { batch: number; size: number },
  noiseOf: (batch: number) => Float32Array,
): Promise<Posterior> {
  const batches = Math.max(1, Math.floor(blocks.training.length / batch));
  const samples = new Float32Array(batches * batch * size);
  const mean = new Float32Array(samples.length);
  const deviation = new Float32Array(samples.length);
  for (let b = 0; b < batches; b++) {
    const indices = Array.from({ length: batch }, (_, i) => blocks.training[(b * batch + i) % blocks.training.length]!);
    const made = await encode.run({ ...weights, rolls: batchOf(blocks, indices), noise: noiseOf(b) });
    const at = b * batch * size;
    samples.set(made.latent!, at);
    mean.set(made.mean!, at);
    deviation.set(
      made.logVariance!.map((v) => Math.exp(v / 2)),
      at,
    );
  }
  return {
    samples,
    draw(seed, into) {
      const random = randomFrom(seed);
      const at = random.below(batches * batch) * size;
      for (let k = 0; k < size; k++) into[k] = mean[at + k]! + deviation[at + k]! * random.normal();
    },
  };
}
