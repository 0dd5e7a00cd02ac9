import type { Graph } from '../engine/graph/graph.js';
import { type LatentShape, latentSize } from '../music/latent.js';
import type { Values } from './compile.js';
import type { Gaussian } from './gaussian.js';
import { type GeneratorSize, generator } from './networks/generator.js';
import { inferenceLayers } from './networks/layers.js';
import { add, sigmoid } from './tape/arithmetic.js';
import { matmul } from './tape/linear.js';
import { reshape } from './tape/shape.js';
import { createTape } from './tape/tape.js';

/** The generator that ships: latent [batch, c, 2, 8] -> probabilities `roll` [batch, planes, 64, 256]. */
export function generatorGraph(weights: Values, statistics: Values, size: GeneratorSize, shape: LatentShape): Graph {
  const tape = createTape();
  const latent = tape.input('latent', [1, shape.channels, shape.rows, shape.columns]);
  const roll = sigmoid(tape, generator(inferenceLayers(tape, weights, statistics), latent, size));
  return tape.graph('generator', { roll }, true);
}

/** The prior as a network: `latent` = mean + L * `noise`, both [batch, c, 2, 8]. */
export function gaussianPriorGraph({ mean, factor }: Gaussian, shape: LatentShape): Graph {
  const n = latentSize(shape);
  const tape = createTape();
  const noise = reshape(tape, tape.input('noise', [1, shape.channels, shape.rows, shape.columns]), [1, n]);
  // noise is a row here, so the factor is transposed
  const transposed = Float32Array.from({ length: n * n }, (_, k) => factor[(k % n) * n + Math.floor(k / n)]!);
  const row = add(tape, matmul(tape, noise, tape.constant(transposed, [n, n])), tape.constant(mean, [1, n]));
  const latent = reshape(tape, row, [1, shape.channels, shape.rows, shape.columns]);
  return tape.graph('prior', { latent }, true);
}
