import type { Graph } from '../../engine/graph/graph.js';
import type { LatentShape } from '../../music/latent.js';
import { latentSize } from '../../music/latent.js';
import { randomFrom, type Seed } from '../../music/random.js';
import { CELLS } from '../../music/roll.js';
import { encoder } from '../networks/encoder.js';
import type { GeneratorSize } from '../networks/generator.js';
import { encoderGraph } from '../networks/inference-graphs.js';
import { type CompileOptions, compile, type Values } from '../tape/compile.js';
import { randomBatch, stepSeed } from './batch.js';
import { createCalibrator } from './calibrate.js';
import type { DrawLatent } from './flow.js';
import { type Form, formOf } from './forms.js';
import { type Posterior, posteriorOf } from './posterior.js';
import type { Blocks } from './recipe.js';

/** Share of the posterior's deviation that the prior learns with: nearer to its mean, latents draw cleaner music. */
const SHARE = 0.5;

/** The encoder when it has learned all it will, and where it puts the music. */
export interface Settled {
  readonly encoder: Graph;
  readonly training: Encoded;
  /** Null where no block is held out. */
  readonly heldOut: Encoded | null;
}

export interface Encoded {
  readonly posterior: Posterior;
  /** Of each block. */
  readonly forms: readonly Form[];
  readonly draw: DrawLatent;
}

/** `weights` hold the encoder's; `batch` is the training's. */
export async function settle(
  weights: Values,
  blocks: Blocks,
  size: GeneratorSize & { readonly batch: number },
  shape: LatentShape,
  seed: Seed,
  options: CompileOptions,
): Promise<Settled> {
  const rolls = [size.batch, size.planes, 64, CELLS / 64];
  const calibrator = await createCalibrator(
    rolls,
    (layers, x) => encoder(layers, x, size.width, shape.channels),
    options,
  );
  const statistics = await calibrator.measure(weights, (i) => randomBatch(blocks, size.batch, stepSeed(seed, i, 0)));
  await calibrator.close();
  const graph = encoderGraph(weights, statistics, size, shape);
  const encode = await compile(graph, options);
  const encoded = async (indices: Uint32Array): Promise<Encoded> => {
    const posterior = await posteriorOf(encode, blocks, indices, latentSize(shape));
    const roll = new Float32Array(size.planes * CELLS);
    const forms = Array.from(indices, (index) => {
      blocks.unpack(index, roll);
      return formOf(roll, size.planes / 2);
    });
    return {
      posterior,
      forms,
      draw(chance, into) {
        const random = randomFrom(chance);
        const index = random.below(posterior.count);
        posterior.sample(index, random, into, SHARE);
        return forms[index]!;
      },
    };
  };
  try {
    return {
      encoder: graph,
      training: await encoded(blocks.training),
      heldOut: blocks.heldOut.length > 0 ? await encoded(blocks.heldOut) : null,
    };
  } finally {
    await encode.close();
  }
}
