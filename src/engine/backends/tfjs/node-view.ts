import type { Tensor } from '@tensorflow/tfjs';
import { DaimonError } from '../../../errors.js';
import type { GraphNode } from '../../graph/graph.js';

/** What a name stands for while a graph runs: numbers to compute with, or whole numbers that say how (shapes, axes). */
export type Value =
  | { readonly kind: 'tensor'; readonly tensor: Tensor }
  | { readonly kind: 'whole'; readonly values: readonly number[] };

/** A node with its inputs looked up. What is missing or of the wrong kind throws DaimonError `model`. */
export class NodeView {
  readonly node: GraphNode;
  readonly #values: ReadonlyMap<string, Value>;

  constructor(node: GraphNode, values: ReadonlyMap<string, Value>) {
    this.node = node;
    this.#values = values;
  }

  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  tensor(index: number): Tensor {
    const value = this.#value(index);
    if (value.kind === 'tensor') return value.tensor;
    throw wrong(this.node, `input ${index} is not float32`);
  }

  whole(index: number): readonly number[] {
    const value = this.#value(index);
    if (value.kind === 'whole') return value.values;
    throw wrong(this.node, `input ${index} is not a constant of int64`);
  }

  int(name: string, otherwise: number): number {
    const attribute = this.node.attributes[name];
    if (attribute === undefined) return otherwise;
    if (attribute.kind === 'int') return attribute.value;
    throw wrong(this.node, `attribute "${name}" is no whole number`);
  }

  float(name: string, otherwise: number): number {
    const attribute = this.node.attributes[name];
    if (attribute === undefined) return otherwise;
    if (attribute.kind === 'float') return attribute.value;
    throw wrong(this.node, `attribute "${name}" is no number`);
  }

  ints(name: string, otherwise: readonly number[]): readonly number[] {
    const attribute = this.node.attributes[name];
    if (attribute === undefined) return otherwise;
    if (attribute.kind === 'ints') return attribute.value;
    throw wrong(this.node, `attribute "${name}" is no list of whole numbers`);
  }

  #value(index: number): Value {
    const name = this.node.inputs[index] ?? '';
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    throw wrong(this.node, `input ${index} ("${name}") is not there`);
  }
}

/** For a graph that holds what the tfjs backend can't do. */
export const wrong = (node: GraphNode, what: string): DaimonError =>
  new DaimonError(
    'model',
    `The tfjs backend can't run ${node.op} "${node.outputs[0]}" of this model: ${what}. Use --backend onnx.`,
  );
