import { leakyRelu } from '../tape/arithmetic.js';
import { convTranspose } from '../tape/convolution.js';
import type { Tensor } from '../tape/tape.js';
import { constant, type Layers, normal } from './layers.js';

/** Every layer doubles (or halves) both axes: kernel 4, stride 2. */
export const DOUBLING = { kernel: 4, stride: 2, padding: 1 } as const;
export const LEAK = 0.2;

export interface GeneratorSize {
  /** Channels of the last hidden layer; the original has 128. */
  readonly width: number;
  /** 1: sounding. 2: sounding and onset. */
  readonly planes: number;
}

/**
 * The original's generator: latent [n, c, 2, 8] -> 8d -> 4d -> 2d -> d -> planes, five transposed convolutions,
 * to logits [n, planes, 64, 256]. Time runs along the last axis, so each latent column steers about two bars.
 */
export function generator(layers: Layers, latent: Tensor, size: GeneratorSize): Tensor {
  const { tape } = layers;
  let x = latent;
  for (const [i, widths] of [8, 4, 2, 1].entries()) {
    const shape = [x.shape[1]!, widths * size.width, 4, 4];
    const weight = { name: `generator.${i}`, shape, outputAxis: 1, initial: normal(deviation(shape)) };
    const y = layers.normalised(weight, (w, bias) => convTranspose(tape, x, w, bias, DOUBLING));
    x = leakyRelu(tape, y, LEAK);
  }
  const shape = [size.width, size.planes, 4, 4];
  const weight = layers.parameter({ name: 'generator.4', shape, initial: normal(deviation(shape)) });
  // most cells are silent: to begin there saves the first hundred steps
  const bias = layers.parameter({ name: 'generator.4.bias', shape: [size.planes], initial: constant(-3) });
  return convTranspose(tape, x, weight, bias, DOUBLING);
}

/** A third of the inverse number of inputs, each output of a stride-2 transposed 4 x 4 kernel having a quarter of its taps. */
const deviation = (shape: readonly number[]): number => 1 / Math.sqrt(3 * shape[0]! * 4);
