import { clip, leakyRelu } from '../tape/arithmetic.js';
import { conv, kernelOf, type Window } from '../tape/convolution.js';
import { channels } from '../tape/shape.js';
import { sizeOf, type Tensor } from '../tape/tape.js';
import { LEAK } from './generator.js';
import { constant, type Layers, normal } from './layers.js';

/** Where a block lies in latent space: a normal distribution [n, c, 2, 8]. */
export interface Posterior {
  readonly mean: Tensor;
  readonly logVariance: Tensor;
}

/**
 * Halves both axes. Windows don't overlap in time: a latent column hears its own two bars and nothing else, so bars
 * that return have the same latent, wherever they stand.
 */
const HALVING: Window = { kernel: [4, 2], stride: 2, padding: [1, 0] };

/** Rolls [n, planes, 64, 256] -> d -> 2d -> 4d -> 8d -> a posterior over latents of so many channels. */
export function encoder(layers: Layers, rolls: Tensor, width: number, latentChannels: number): Posterior {
  const { tape } = layers;
  let x = rolls;
  for (const [i, widths] of [1, 2, 4, 8].entries()) {
    const shape = [widths * width, x.shape[1]!, ...kernelOf(HALVING)];
    const spec = { name: `encoder.${i}`, shape, initial: normal(deviation(shape)) };
    x =
      i === 0
        ? conv(
            tape,
            x,
            layers.parameter(spec),
            layers.parameter({ name: 'encoder.0.bias', shape: [width], initial: constant(0) }),
            HALVING,
          )
        : layers.normalised({ ...spec, outputAxis: 0 }, (w, bias) => conv(tape, x, w, bias, HALVING));
    x = leakyRelu(tape, x, LEAK);
  }
  const shape = [2 * latentChannels, x.shape[1]!, ...kernelOf(HALVING)];
  const weight = layers.parameter({ name: 'encoder.4', shape, initial: normal(deviation(shape)) });
  const bias = layers.parameter({ name: 'encoder.4.bias', shape: [2 * latentChannels], initial: constant(0) });
  const both = conv(tape, x, weight, bias, HALVING);
  return {
    mean: channels(tape, both, 0, latentChannels),
    // bounded, so that one odd batch can't blow the divergence up
    logVariance: clip(tape, channels(tape, both, latentChannels, 2 * latentChannels), -8, 4),
  };
}

const deviation = (shape: readonly number[]): number => 1 / Math.sqrt(3 * sizeOf(shape.slice(1)));
