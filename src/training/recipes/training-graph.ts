import type { Graph } from '../../engine/graph/graph.js';
import type { ParameterSpec, TrainingLayers } from '../networks/layers.js';
import type { Tensor } from '../tape/tape.js';
import { gradientOf } from './adam.js';

/** A graph whose weights are inputs, and what it needs to begin. */
export interface TrainingGraph {
  readonly graph: Graph;
  readonly parameters: readonly ParameterSpec[];
  readonly vectors: readonly ParameterSpec[];
}

/** What a graph minimises, and by changing which parameters. */
export interface Objective {
  readonly loss: Tensor;
  readonly learned: readonly ParameterSpec[];
}

/** Closes a tape: the outputs asked for, and with an objective the gradient of every learned parameter. */
export function trainingGraph(
  name: string,
  layers: TrainingLayers,
  outputs: Readonly<Record<string, Tensor>>,
  objective?: Objective,
): TrainingGraph {
  const learned = objective?.learned ?? [];
  const of = learned.map((spec) => layers.tensors.get(spec.name)!);
  const gradients = objective ? layers.tape.gradients(objective.loss, of) : [];
  const named = Object.fromEntries(learned.map((spec, i) => [gradientOf(spec.name), gradients[i]!]));
  const graph = layers.tape.graph(name, { ...outputs, ...named });
  return { graph, parameters: layers.specs, vectors: layers.vectors };
}
