import { add, mean, multiply, sigmoid } from '../tape/arithmetic.js';
import { conv, kernelOf, type Window } from '../tape/convolution.js';
import { matmul } from '../tape/linear.js';
import { concat, reshape } from '../tape/shape.js';
import { sizeOf, type Tape, type Tensor } from '../tape/tape.js';
import { constant, type Layers, normal } from './layers.js';

const along = (columns: number): Window => ({ kernel: [1, columns], stride: 1, padding: [0, (columns - 1) / 2] });
const WIDE = along(5);
const NARROW = along(3);
const POINTWISE = along(1);
const RESIDUAL_BLOCKS = 4;
const WAVES = 8;
/** Numbers that say where on its way from noise to music a latent is. */
export const TIME_FEATURES = 1 + 2 * WAVES;
/** From seven columns before to seven after. */
export const LAGS = 15;

/** Time 0 (noise) to 1 (music), and its first waves, so that the network need not bend a single number into them. */
export const timeFeatures = (time: number): number[] => [
  time,
  ...Array.from({ length: WAVES }, (_, k) => [
    Math.sin((k + 1) * Math.PI * time),
    Math.cos((k + 1) * Math.PI * time),
  ]).flat(),
];

/** Numbers a role that say what kind of block it is. */
const TRAITS = 3;
/** Numbers a role and column that a flow is told of a form. */
export const TOLD = LAGS + TRAITS;

/** Which columns should be alike, as tensors; see recipes/forms.ts. */
export interface FormTensors {
  /** [n, roles * TOLD, 1, 8] */
  readonly told: Tensor;
  /** [n, 8, 8] */
  readonly mixing: Tensor;
}

/**
 * Where latents [n, 2c, 1, 8] at a time [n or 1, TIME_FEATURES, 1, 1] should move: a small residual network that
 * slides along the columns, hears the mean of all of them, and of those that the form says are like each.
 */
export function velocity(layers: Layers, latents: Tensor, time: Tensor, form: FormTensors, width: number): Tensor {
  const { tape } = layers;
  const layer = (name: string, x: Tensor, outputs: number, window: Window, gain = 1): Tensor => {
    const shape = [outputs, x.shape[1]!, ...kernelOf(window)];
    const initial = gain === 0 ? constant(0) : normal(gain / Math.sqrt(sizeOf(shape.slice(1))));
    const weight = layers.parameter({ name: `velocity.${name}`, shape, initial });
    const bias = layers.parameter({ name: `velocity.${name}.bias`, shape: [outputs], initial: constant(0) });
    return conv(tape, x, weight, bias, window);
  };
  const alike = (x: Tensor): Tensor => {
    const [n, channels, , columns] = x.shape as [number, number, number, number];
    return reshape(tape, matmul(tape, reshape(tape, x, [n, channels, columns]), form.mixing), x.shape);
  };
  let x = layer('in', concat(tape, [latents, form.told]), width, WIDE);
  for (let i = 0; i < RESIDUAL_BLOCKS; i++) {
    const heard = silu(tape, x);
    const whole = layer(`${i}.whole`, mean(tape, heard, [3]), width, POINTWISE);
    const when = layer(`${i}.time`, time, width, POINTWISE);
    const likes = layer(`${i}.alike`, alike(heard), width, POINTWISE);
    const inner = add(tape, add(tape, layer(`${i}.a`, heard, width, WIDE), likes), add(tape, whole, when));
    x = add(tape, x, layer(`${i}.b`, silu(tape, inner), width, NARROW, 0.3));
  }
  return layer('out', silu(tape, x), latents.shape[1]!, NARROW, 0);
}

const silu = (tape: Tape, x: Tensor): Tensor => multiply(tape, x, sigmoid(tape, x));
