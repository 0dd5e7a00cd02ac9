import { add, leakyRelu } from '../tape/arithmetic.js';
import { conv } from '../tape/convolution.js';
import { matmul } from '../tape/linear.js';
import { reshape } from '../tape/shape.js';
import { sizeOf, type Tensor } from '../tape/tape.js';
import { DOUBLING, LEAK } from './generator.js';
import { constant, type Layers, normal } from './layers.js';

/** Units of the first of the two dense layers. */
const DENSE = 512;
/** DCGAN's initial deviation (Radford et al. 2016). */
const DCGAN_DEVIATION = 0.02;

/**
 * The original's discriminator: rolls [n, planes, 64, 256] -> d -> 2d -> 4d -> 8d -> d, five strided convolutions, then
 * 16 d -> 512 -> 1 -> logits [n, 1], higher = more like music.
 */
export function discriminator(layers: Layers, rolls: Tensor, width: number): Tensor {
  const { tape } = layers;
  let x = rolls;
  for (const [i, widths] of [1, 2, 4, 8, 1].entries()) {
    const shape = [widths * width, x.shape[1]!, 4, 4];
    const weight = { name: `discriminator.${i}`, shape, outputAxis: 0, initial: normal(DCGAN_DEVIATION) };
    const y =
      i === 0
        ? conv(tape, x, layers.parameter(weight), null, DOUBLING)
        : layers.normalised(weight, (w, bias) => conv(tape, x, w, bias, DOUBLING));
    x = leakyRelu(tape, y, LEAK);
  }
  const flat = reshape(tape, x, [x.shape[0]!, sizeOf(x.shape.slice(1))]);
  const dense = (name: string, from: Tensor, units: number): Tensor => {
    const inputs = from.shape[1]!;
    const weight = layers.parameter({ name, shape: [inputs, units], initial: normal(1 / Math.sqrt(3 * inputs)) });
    const bias = layers.parameter({ name: `${name}.bias`, shape: [1, units], initial: constant(0) });
    return add(tape, matmul(tape, from, weight), bias);
  };
  return dense('discriminator.6', leakyRelu(tape, dense('discriminator.5', flat, DENSE), LEAK), 1);
}
