import type { Tensor as TfTensor } from '@tensorflow/tfjs';
import { DaimonError } from '../../../errors.js';
import type { Constant, Graph, GraphNode } from '../../graph/graph.js';
import { decodeOnnx } from '../../graph/onnx-decode.js';
import type { Network, Tensor } from '../backend.js';
import { FILTER_PERMUTATION } from './convolution.js';
import { NodeView, type Value, wrong } from './node-view.js';
import { OPERATORS, type Operator } from './operators.js';
import type { TensorFlow } from './tensorflow.js';

interface Step {
  readonly node: GraphNode;
  readonly compute: Operator;
}

/** Loads an ONNX file to be computed node by node. Throws DaimonError `model`: damaged, or an operator it lacks. */
export function tfjsNetwork(tf: TensorFlow, onnx: Uint8Array): Network {
  const graph = decodeOnnx(onnx);
  const steps = graph.nodes.map(stepOf);
  const filters = filterNames(graph);
  const constants = new Map(graph.constants.map((constant) => [constant.name, load(tf, constant, filters)]));
  const input = graph.inputs[0].name;
  const output = graph.outputs[0].name;
  let open = true;
  return {
    input,
    output,
    async run({ data, shape }: Tensor): Promise<Tensor> {
      const result = tf.tidy(() => compute(tf, steps, constants, input, output, tf.tensor(data, [...shape])));
      const numbers = await result.data<'float32'>();
      result.dispose();
      return { data: numbers, shape: result.shape };
    },
    async close(): Promise<void> {
      if (!open) return;
      open = false;
      for (const value of constants.values()) if (value.kind === 'tensor') value.tensor.dispose();
    },
  };
}

function compute(
  tf: TensorFlow,
  steps: readonly Step[],
  constants: ReadonlyMap<string, Value>,
  input: string,
  output: string,
  given: TfTensor,
): TfTensor {
  const values = new Map<string, Value>(constants);
  values.set(input, { kind: 'tensor', tensor: given });
  for (const { node, compute } of steps) {
    values.set(node.outputs[0], { kind: 'tensor', tensor: compute(tf, new NodeView(node, values)) });
  }
  const result = values.get(output);
  if (result?.kind === 'tensor') return result.tensor;
  throw new DaimonError('model', `No node of the model computes its output "${output}": fetch or train it again.`);
}

function stepOf(node: GraphNode): Step {
  const compute = OPERATORS.get(node.op);
  if (compute === undefined) throw wrong(node, 'it has no such operator');
  return { node, compute };
}

/** Weights of convolutions: turned once, when loaded, so that no draw has to. */
function filterNames(graph: Graph): ReadonlySet<string> {
  const convolutions = graph.nodes.filter((node) => node.op === 'Conv' || node.op === 'ConvTranspose');
  return new Set(convolutions.map((node) => node.inputs[1]));
}

function load(tf: TensorFlow, constant: Constant, filters: ReadonlySet<string>): Value {
  if (constant.type === 'int64') return { kind: 'whole', values: Array.from(constant.data, Number) };
  const tensor = tf.tidy(() => {
    const plain = tf.tensor(constant.data, [...constant.shape]);
    return filters.has(constant.name) ? tf.transpose(plain, [...FILTER_PERMUTATION]) : plain;
  });
  return { kind: 'tensor', tensor };
}
