import type { Graph } from '../../engine/graph/graph.js';
import type { LatentShape } from '../../music/latent.js';
import { PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Gaussian } from '../recipes/gaussian.js';
import { add, sigmoid } from '../tape/arithmetic.js';
import type { Values } from '../tape/compile.js';
import { matmul } from '../tape/linear.js';
import { reshape } from '../tape/shape.js';
import { createTape, type Tape, type Tensor } from '../tape/tape.js';
import { encoder } from './encoder.js';
import { type GeneratorSize, generator } from './generator.js';
import { inferenceLayers } from './layers.js';

/** The generator that ships: latent [batch, c, 2, 8] -> probabilities `roll` [batch, planes, 64, 256]. */
export function generatorGraph(weights: Values, statistics: Values, size: GeneratorSize, shape: LatentShape): Graph {
  const tape = createTape();
  const latent = tape.input('latent', [1, shape.channels, shape.rows, shape.columns]);
  const roll = sigmoid(tape, generator(inferenceLayers(tape, weights, statistics), latent, size));
  return tape.graph('generator', { roll }, true);
}

/** The encoder that ships: zeros and ones `roll` [batch, planes, 64, 256] -> `latent` and its `logVariance` [batch, c, 2, 8]. */
export function encoderGraph(weights: Values, statistics: Values, size: GeneratorSize, shape: LatentShape): Graph {
  const tape = createTape();
  const roll = tape.input('roll', [1, size.planes, PITCHES, STEPS_PER_BLOCK]);
  const { mean, logVariance } = encoder(inferenceLayers(tape, weights, statistics), roll, size.width, shape.channels);
  return tape.graph('encoder', { latent: mean, logVariance }, true);
}

/** A Gaussian as a layer: mean + L * noise, both [batch, c, 2, 8]. */
function gaussian(tape: Tape, noise: Tensor, { mean, factor }: Gaussian): Tensor {
  const n = mean.length;
  const row = reshape(tape, noise, [1, n]);
  // noise is a row here, so the factor is transposed
  const transposed = Float32Array.from({ length: n * n }, (_, k) => factor[(k % n) * n + Math.floor(k / n)]!);
  const moved = add(tape, matmul(tape, row, tape.constant(transposed, [n, n])), tape.constant(mean, [1, n]));
  return reshape(tape, moved, noise.shape);
}

/** A Gaussian prior that ships: `noise` -> `latent`. */
export function gaussianPriorGraph(prior: Gaussian, shape: LatentShape): Graph {
  const tape = createTape();
  const noise = tape.input('noise', [1, shape.channels, shape.rows, shape.columns]);
  return tape.graph('prior', { latent: gaussian(tape, noise, prior) }, true);
}
