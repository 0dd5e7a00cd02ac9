import { BARS_PER_BLOCK, STEPS_PER_BAR } from '../../music/units.js';
import { leakyRelu } from '../tape/arithmetic.js';
import { conv, kernelOf, type Window } from '../tape/convolution.js';
import { minibatchDeviation, spectralNorm } from '../tape/normalise.js';
import { reshape } from '../tape/shape.js';
import { sizeOf, type Tensor } from '../tape/tape.js';
import { DOUBLING, LEAK } from './generator.js';
import { constant, normal, type TrainingLayers } from './layers.js';

const SAME: Window = { kernel: 3, stride: 1, padding: 1 };

export interface Verdict {
  /** Scores of patches, one tensor a view, higher = more like music. */
  readonly scores: readonly Tensor[];
  /** The power iterations' vectors for the next step, by name. */
  readonly vectors: Readonly<Record<string, Tensor>>;
}

/**
 * Looks at rolls [n, planes, 64, 256] in two ways: as they are, in patches along time; and folded by bars (16 bars x
 * 16 steps, pitch and plane as channels), where repetition and form are neighbours. Spectral norm throughout.
 */
export function critic(layers: TrainingLayers, rolls: Tensor, width: number): Verdict {
  const { tape } = layers;
  const vectors: Record<string, Tensor> = {};
  const layer = (name: string, x: Tensor, outputs: number, window: Window): Tensor => {
    const shape = [outputs, x.shape[1]!, ...kernelOf(window)];
    const weight = layers.parameter({ name, shape, initial: normal(1 / Math.sqrt(3 * sizeOf(shape.slice(1)))) });
    const bias = layers.parameter({ name: `${name}.bias`, shape: [outputs], initial: constant(0) });
    const u = layers.vector(`${name}.u`, outputs);
    const spectral = spectralNorm(tape, weight, u);
    vectors[`${name}.u`] = spectral.u;
    return conv(tape, x, spectral.weight, bias, window);
  };

  let patches = rolls;
  for (const [i, widths] of [1, 2, 4, 8].entries()) {
    patches = leakyRelu(tape, layer(`critic.${i}`, patches, widths * width, DOUBLING), LEAK);
  }
  const varied = minibatchDeviation(tape, patches);
  const patchScores = layer('critic.4', varied, 1, SAME);

  const [n, planes, pitches] = rolls.shape as [number, number, number];
  let bars = reshape(tape, rolls, [n, planes * pitches, BARS_PER_BLOCK, STEPS_PER_BAR]);
  bars = leakyRelu(tape, layer('critic.bars.0', bars, 4 * width, SAME), LEAK);
  bars = leakyRelu(tape, layer('critic.bars.1', bars, 4 * width, DOUBLING), LEAK);
  const barScores = layer('critic.bars.2', bars, 1, SAME);
  return { scores: [patchScores, barScores], vectors };
}
