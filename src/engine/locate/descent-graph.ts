import type { Constant, Graph, GraphNode } from '../graph/graph.js';

const FLOAT = 1;
/** What a ConvTranspose may state for its gradient to be the plain Conv of the same. */
const PLAIN = new Set(['kernel_shape', 'strides', 'pads']);

/**
 * Which way to the roll: of the cross entropy between a generator's roll and the zeros and ones of `target`, the
 * gradient by the latent, as a network `latent` -> `gradient` of one shape. A generator is run forwards and then, by
 * the chain rule, backwards: the gradient of a sigmoid under the cross entropy is roll - target, that of a transposed
 * convolution the convolution of the same weights. Null for a generator that is not a chain of such layers.
 */
export function descentGraph(generator: Graph, target: Float32Array): Graph | null {
  const chain = chainOf(generator);
  if (chain === null) return null;
  const [latent, roll] = [generator.inputs[0], generator.outputs[0]];
  const constants: Constant[] = [
    ...generator.constants,
    {
      name: 'back.target',
      type: 'float32',
      shape: roll.shape.map((n) => (typeof n === 'number' ? n : 1)),
      data: target,
    },
    scalar('back.zero', 0),
  ];
  const back: GraphNode[] = [];
  const add = (op: string, inputs: readonly string[], attributes: GraphNode['attributes'] = {}): string => {
    const output = `back.${back.length}`;
    back.push({ op, inputs, outputs: [output], attributes });
    return output;
  };
  const number = (value: number): string => {
    const name = `back.number.${constants.length}`;
    constants.push(scalar(name, value));
    return name;
  };

  let gradient = '';
  for (const { op, inputs, outputs, attributes } of chain.toReversed()) {
    if (op === 'Sigmoid') gradient = add('Sub', [outputs[0], 'back.target']);
    else if (op === 'ConvTranspose') gradient = add('Conv', [gradient, inputs[1]], attributes);
    else if (op === 'LeakyRelu') {
      const leak = attributes.alpha?.kind === 'float' ? attributes.alpha.value : 0.01;
      const above = add('Cast', [add('Greater', [inputs[0], 'back.zero'])], { to: { kind: 'int', value: FLOAT } });
      gradient = add('Mul', [gradient, add('Add', [add('Mul', [above, number(1 - leak)]), number(leak)])]);
    }
  }
  back.push({ op: 'Identity', inputs: [gradient], outputs: ['gradient'], attributes: {} });
  return {
    name: 'descent',
    inputs: generator.inputs,
    outputs: [{ ...latent, name: 'gradient' }],
    constants,
    nodes: [...generator.nodes, ...back],
  };
}

/** The layers from the latent to the roll, without those that do nothing; null where they are not all known. */
function chainOf({ inputs, outputs, nodes }: Graph): readonly GraphNode[] | null {
  let name = inputs[0].name;
  const chain: GraphNode[] = [];
  for (const node of nodes) {
    if (node.inputs[0] !== name || node.outputs.length !== 1) return null;
    name = node.outputs[0];
    if (node.op !== 'Identity') chain.push(node);
  }
  const layers = chain.slice(0, -1);
  return name === outputs[0].name && chain.at(-1)?.op === 'Sigmoid' && layers.every(isKnown) ? chain : null;
}

const isKnown = ({ op, attributes }: GraphNode): boolean =>
  op === 'LeakyRelu' || (op === 'ConvTranspose' && Object.keys(attributes).every((name) => PLAIN.has(name)));

const scalar = (name: string, value: number): Constant => ({
  name,
  type: 'float32',
  shape: [1],
  data: Float32Array.of(value),
});
