import type { Values } from '../tape/compile.js';
import { BATCH_NORM_EPSILON, batchNorm } from '../tape/normalise.js';
import { sizeOf, type Tape, type Tensor } from '../tape/tape.js';

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where training begins: normal noise of a standard deviation, or a constant. */
  readonly initial:
    | { readonly kind: 'normal'; readonly deviation: number }
    | { readonly kind: 'constant'; readonly value: number };
}

export const normal = (deviation: number): ParameterSpec['initial'] => ({ kind: 'normal', deviation });
export const constant = (value: number): ParameterSpec['initial'] => ({ kind: 'constant', value });

/** A weight, and the axis of its shape that counts the outputs. */
export interface Weight extends ParameterSpec {
  readonly outputAxis: number;
}

/** What a network is defined against; one definition serves for training and for the graph that ships. */
export interface Layers {
  readonly tape: Tape;
  parameter(spec: ParameterSpec): Tensor;
  /** A linear layer with its output batch-normalised. `apply` gets the weight, and a bias where there is one. */
  normalised(weight: Weight, apply: (weight: Tensor, bias: Tensor | null) => Tensor): Tensor;
}

export interface TrainingLayers extends Layers {
  /** State of the network that is iterated, not learned: a vector [1, size], begun at random. */
  vector(name: string, size: number): Tensor;
  readonly vectors: readonly ParameterSpec[];
  /** In the order in which the networks asked for them. */
  readonly specs: readonly ParameterSpec[];
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** `NAME.mean` and `NAME.variance` of every normalised layer, over the batch. */
  readonly statistics: Readonly<Record<string, Tensor>>;
}

/** Parameters are inputs of the graph, and normalisation is by the batch. A name asked for twice is one parameter. */
export function trainingLayers(tape: Tape): TrainingLayers {
  const specs: ParameterSpec[] = [];
  const tensors = new Map<string, Tensor>();
  const vectors: ParameterSpec[] = [];
  const statistics: Record<string, Tensor> = {};
  const declare = (list: ParameterSpec[], spec: ParameterSpec): Tensor => {
    const known = tensors.get(spec.name);
    if (known) return known;
    const tensor = tape.input(spec.name, spec.shape);
    list.push(spec);
    tensors.set(spec.name, tensor);
    return tensor;
  };
  const parameter = (spec: ParameterSpec): Tensor => declare(specs, spec);
  return {
    tape,
    specs,
    tensors,
    vectors,
    statistics,
    vector: (name, size) => declare(vectors, { name, shape: [1, size], initial: normal(1) }),
    parameter,
    normalised(weight, apply) {
      const channels = weight.shape[weight.outputAxis]!;
      const x = apply(parameter(weight), null);
      const gain = parameter({ name: `${weight.name}.gain`, shape: [1, channels, 1, 1], initial: constant(1) });
      const offset = parameter({ name: `${weight.name}.offset`, shape: [1, channels, 1, 1], initial: constant(0) });
      const { output, mean, variance } = batchNorm(tape, x, gain, offset);
      statistics[`${weight.name}.mean`] ??= mean;
      statistics[`${weight.name}.variance`] ??= variance;
      return output;
    },
  };
}

/** Parameters are constants, and normalisation by measured statistics is folded into the weights. */
export function inferenceLayers(tape: Tape, weights: Values, statistics: Values): Layers {
  const valuesOf = (source: Values, name: string): Float32Array => {
    const values = source[name];
    if (!values) throw new Error(`the network asks for "${name}", which the weights do not hold`);
    return values;
  };
  // a network may be applied many times over; its weights ship once
  const written = new Map<string, Tensor>();
  return {
    tape,
    parameter(spec) {
      const tensor = written.get(spec.name) ?? tape.constant(valuesOf(weights, spec.name), spec.shape);
      written.set(spec.name, tensor);
      return tensor;
    },
    normalised(weight, apply) {
      const values = valuesOf(weights, weight.name);
      const [gain, offset] = [valuesOf(weights, `${weight.name}.gain`), valuesOf(weights, `${weight.name}.offset`)];
      const [mean, variance] = [
        valuesOf(statistics, `${weight.name}.mean`),
        valuesOf(statistics, `${weight.name}.variance`),
      ];
      const factor = gain.map((g, c) => g / Math.sqrt(variance[c]! + BATCH_NORM_EPSILON));
      const inner = sizeOf(weight.shape.slice(weight.outputAxis + 1));
      const channels = weight.shape[weight.outputAxis]!;
      const folded = values.map((w, i) => w * factor[Math.floor(i / inner) % channels]!);
      const bias = offset.map((o, c) => o - mean[c]! * factor[c]!);
      return apply(tape.constant(folded, weight.shape), tape.constant(bias, [channels]));
    },
  };
}
