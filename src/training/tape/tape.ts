import type { Attribute, Constant, Graph, GraphNode } from '../../engine/graph/graph.js';

/** A value of the computation being written down; its shape is known, its numbers only when the graph runs. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One gradient per input, each made only if somebody needs it. */
export type Backward = (gradient: Tensor) => readonly (() => Tensor)[];

interface Entry {
  readonly output: Tensor;
  readonly inputs: readonly Tensor[];
  readonly backward: Backward;
}

/**
 * Writes a computation down as a graph and remembers how to differentiate it: reverse mode, op by op. The forward
 * and the backward pass end up in one ONNX graph, so one runtime draws and trains.
 */
export interface Tape {
  input(name: string, shape: readonly number[]): Tensor;
  constant(values: ArrayLike<number>, shape: readonly number[]): Tensor;
  /** An int64 vector: the shapes, axes and bounds that ONNX takes as tensors. */
  integers(values: readonly number[]): Tensor;
  /** Appends a node; the caller knows its output's shape. */
  emit(op: string, inputs: readonly Tensor[], shape: readonly number[], attributes?: Record<string, Attribute>): Tensor;
  /** Says how gradients pass from `output` to `inputs`, and gives `output` back. */
  differentiable(output: Tensor, inputs: readonly Tensor[], backward: Backward): Tensor;
  /** Appends the backward pass of a scalar; a gradient for each of `of`, zeros where the scalar does not depend on it. */
  gradients(scalar: Tensor, of: readonly Tensor[]): Tensor[];
  /** The graph as written so far, with these outputs. With `freeBatch` the first dimension of all is known only when it runs. */
  graph(name: string, outputs: Readonly<Record<string, Tensor>>, freeBatch?: boolean): Graph;
}

export function createTape(): Tape {
  const inputs: Tensor[] = [];
  const constants: Constant[] = [];
  const nodes: GraphNode[] = [];
  const entries: Entry[] = [];
  const shared = new Map<string, Tensor>();
  let count = 0;

  /** Small constants (axes, scalars) recur; one of each is enough. */
  const once = (key: string, make: (name: string) => Constant): Tensor => {
    const known = shared.get(key);
    if (known) return known;
    const constant = make(`c${constants.length}`);
    constants.push(constant);
    const tensor = { name: constant.name, shape: constant.shape };
    shared.set(key, tensor);
    return tensor;
  };

  const tape: Tape = {
    input(name, shape) {
      const tensor = { name, shape };
      inputs.push(tensor);
      return tensor;
    },
    constant(values, shape) {
      const data = Float32Array.from(values);
      const key = data.length > 64 ? `unique ${constants.length}` : `${shape} : ${data}`;
      return once(key, (name) => ({ name, shape, type: 'float32', data }));
    },
    integers(values) {
      const data = BigInt64Array.from(values, BigInt);
      return once(`int ${values}`, (name) => ({ name, shape: [values.length], type: 'int64', data }));
    },
    emit(op, from, shape, attributes = {}) {
      const name = `t${count++}`;
      nodes.push({ op, inputs: from.map((t) => t.name), outputs: [name], attributes });
      return { name, shape };
    },
    differentiable(output, from, backward) {
      entries.push({ output, inputs: from, backward });
      return output;
    },
    gradients: (scalar, of) => backpropagate(tape, entries, scalar, of),
    graph(name, outputs, freeBatch = false) {
      const free = (shape: readonly number[]): (number | string)[] =>
        freeBatch ? ['batch', ...shape.slice(1)] : [...shape];
      const named = Object.entries(outputs);
      return {
        name,
        inputs: inputs.map((t) => ({ name: t.name, type: 'float32', shape: free(t.shape) })),
        outputs: named.map(([as, t]) => ({ name: as, type: 'float32', shape: free(t.shape) })),
        constants,
        nodes: [
          ...nodes,
          ...named.map(([as, t]) => ({ op: 'Identity', inputs: [t.name], outputs: [as], attributes: {} })),
        ],
      };
    },
  };
  return tape;
}

function backpropagate(tape: Tape, entries: readonly Entry[], scalar: Tensor, of: readonly Tensor[]): Tensor[] {
  const written = entries.slice();
  const needed = new Set(of.map((t) => t.name));
  for (const e of written) if (e.inputs.some((t) => needed.has(t.name))) needed.add(e.output.name);

  const gradient = new Map<string, Tensor>([[scalar.name, tape.constant([1], [])]]);
  for (const entry of written.reverse()) {
    const arrived = gradient.get(entry.output.name);
    if (!arrived || !needed.has(entry.output.name)) continue;
    const passOn = entry.backward(arrived);
    entry.inputs.forEach((input, i) => {
      if (!needed.has(input.name)) return;
      const share = passOn[i]!();
      const sum = gradient.get(input.name);
      gradient.set(input.name, sum ? tape.emit('Add', [sum, share], input.shape) : share);
    });
  }
  return of.map((t) => gradient.get(t.name) ?? tape.constant(new Float32Array(sizeOf(t.shape)), t.shape));
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, s) => n * s, 1);
