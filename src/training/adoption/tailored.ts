import type { GraphNode, TensorInfo } from '../../engine/graph/graph.js';
import { graft } from '../../engine/graph/onnx-graft.js';
import { PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { type Extent, type Numbers, short } from './numbers.js';
import type { Signature } from './signature.js';

export interface Tailored {
  readonly onnx: Uint8Array;
  /** What was done to the file, in sentences; none where it is the very same. */
  readonly changes: readonly string[];
}

/** Names that no other tensor of a file has. */
const LATENT = 'daimon.latent';
const ROLL = 'daimon.roll';

/** A generator that takes a latent [1, channels, 2, 8] and gives probabilities, of one that does not quite. */
export function tailored(onnx: Uint8Array, signature: Signature, numbers: Numbers, extent: Extent): Tailored {
  const { input, output, channels, flat } = signature;
  let made = onnx;
  const changes: string[] = [];
  if (flat) {
    const port: TensorInfo = { name: LATENT, type: 'float32', shape: ['batch', channels, 2, 8] };
    const node: GraphNode = { op: 'Flatten', inputs: [LATENT], outputs: [input], attributes: {} };
    made = graft(made, 'input', { node, replaces: input, port });
    changes.push(`Its latent of ${channels * 16} numbers is taken as ${channels} x 2 x 8, row by row.`);
  }
  if (numbers !== 'probabilities') {
    const port: TensorInfo = { name: ROLL, type: 'float32', shape: ['batch', 'planes', PITCHES, STEPS_PER_BLOCK] };
    made = graft(made, 'output', { node: ENDS[numbers](output), replaces: output, port });
    const range = `Its numbers, ${short(extent.least)} to ${short(extent.most)}`;
    changes.push(
      numbers === 'tanh'
        ? `${range} by a Tanh, are stretched to 0 to 1.`
        : `${range}, are taken for logits: a Sigmoid makes probabilities of them.`,
    );
  }
  return { onnx: made, changes };
}

const ENDS: Readonly<Record<Exclude<Numbers, 'probabilities'>, (output: string) => GraphNode>> = {
  logits: (output) => ({ op: 'Sigmoid', inputs: [output], outputs: [ROLL], attributes: {} }),
  // (x + 1) / 2 without a constant
  tanh: (output) => ({
    op: 'HardSigmoid',
    inputs: [output],
    outputs: [ROLL],
    attributes: { alpha: { kind: 'float', value: 0.5 }, beta: { kind: 'float', value: 0.5 } },
  }),
};
