import { add, mean, multiply, sigmoid } from '../tape/arithmetic.js';
import { conv, kernelOf, type Window } from '../tape/convolution.js';
import { sizeOf, type Tape, type Tensor } from '../tape/tape.js';
import { constant, type Layers, normal } from './layers.js';

const SAME: Window = { kernel: 3, stride: 1, padding: 1 };
const POINTWISE: Window = { kernel: 1, stride: 1, padding: 0 };
const RESIDUAL_BLOCKS = 4;
const WAVES = 8;
/** Numbers that say where on its way from noise to music a latent is. */
export const TIME_FEATURES = 1 + 2 * WAVES;

/** Time 0 (noise) to 1 (music), and its first waves, so that the network need not bend a single number into them. */
export const timeFeatures = (time: number): number[] => [
  time,
  ...Array.from({ length: WAVES }, (_, k) => [
    Math.sin((k + 1) * Math.PI * time),
    Math.cos((k + 1) * Math.PI * time),
  ]).flat(),
];

/**
 * Where latents [n, c, 2, 8] at a time [n or 1, TIME_FEATURES, 1, 1] should move: a small residual network that slides
 * along the columns, as the generator does, and hears the mean of all of them, for form.
 */
export function velocity(layers: Layers, latents: Tensor, time: Tensor, width: number): Tensor {
  const { tape } = layers;
  const layer = (name: string, x: Tensor, outputs: number, window: Window, gain = 1): Tensor => {
    const shape = [outputs, x.shape[1]!, ...kernelOf(window)];
    const initial = gain === 0 ? constant(0) : normal(gain / Math.sqrt(sizeOf(shape.slice(1))));
    const weight = layers.parameter({ name: `velocity.${name}`, shape, initial });
    const bias = layers.parameter({ name: `velocity.${name}.bias`, shape: [outputs], initial: constant(0) });
    return conv(tape, x, weight, bias, window);
  };
  let x = layer('in', latents, width, SAME);
  for (let i = 0; i < RESIDUAL_BLOCKS; i++) {
    const form = layer(`${i}.form`, mean(tape, x, [2, 3]), width, POINTWISE);
    const when = layer(`${i}.time`, time, width, POINTWISE);
    const inner = add(tape, layer(`${i}.a`, silu(tape, x), width, SAME), add(tape, form, when));
    x = add(tape, x, layer(`${i}.b`, silu(tape, inner), width, SAME, 0.3));
  }
  return layer('out', silu(tape, x), latents.shape[1]!, SAME, 0);
}

const silu = (tape: Tape, x: Tensor): Tensor => multiply(tape, x, sigmoid(tape, x));
