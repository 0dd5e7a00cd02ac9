import { PbfWriter } from 'pbf';
import type { Constant, Graph, GraphNode } from '#daimon/engine/graph/graph.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { randomFrom, seed } from '#daimon/music/random.js';

/** A generator as it would come from elsewhere. */
export interface Foreign {
  readonly channels?: number;
  readonly planes?: number;
  /** Its last operator; null: it gives logits. */
  readonly end?: 'Sigmoid' | 'Tanh' | 'Relu' | null;
  /** Of its last layer: how full its rolls are. */
  readonly bias?: number;
  /** It takes one row of numbers. */
  readonly flat?: boolean;
  /** What it listens to of the latent; 0: nothing. */
  readonly hearing?: number;
}

/**
 * The original's generator (a DCGAN in PyTorch, noise of 7 x 2 x 8) at a small width: transposed convolutions without a
 * bias, each with its BatchNormalization and a ReLU; the last with a bias, and a Sigmoid or a Tanh.
 */
export function foreignGraph({
  channels = 7,
  planes = 1,
  end = 'Sigmoid',
  bias = -0.6,
  flat = false,
  hearing = 0.3,
}: Foreign = {}): Graph {
  const widths = [channels, 8, 6, 4, 4, planes];
  const constants: Constant[] = [];
  const normals = randomFrom(seed(5));
  const weights = (name: string, shape: readonly number[], scale: number, shift = 0): Constant => ({
    name,
    shape,
    type: 'float32',
    data: Float32Array.from({ length: shape.reduce((n, s) => n * s, 1) }, () => shift + scale * normals.normal()),
  });
  const nodes: GraphNode[] = [];
  let from = 'input.1';
  if (flat) {
    constants.push({ name: 'to', shape: [4], type: 'int64', data: BigInt64Array.of(-1n, BigInt(channels), 2n, 8n) });
    nodes.push({ op: 'Reshape', inputs: [from, 'to'], outputs: ['shaped'], attributes: {} });
    from = 'shaped';
  }
  for (let layer = 0; layer < 5; layer++) {
    const [into, out] = [widths[layer], widths[layer + 1]];
    const last = layer === 4;
    constants.push(weights(`main.${layer}.weight`, [into, out, 4, 4], layer === 0 ? hearing : last ? 0.2 : 0.25));
    if (last) constants.push(weights('main.bias', [out], 0, bias));
    nodes.push({
      op: 'ConvTranspose',
      inputs: [from, `main.${layer}.weight`, ...(last ? ['main.bias'] : [])],
      outputs: [`conv.${layer}`],
      attributes: {
        kernel_shape: { kind: 'ints', value: [4, 4] },
        strides: { kind: 'ints', value: [2, 2] },
        pads: { kind: 'ints', value: [1, 1, 1, 1] },
      },
    });
    from = `conv.${layer}`;
    if (last) break;
    const norm = ['scale', 'shift', 'mean', 'variance'].map((name) => `norm.${layer}.${name}`);
    constants.push(...norm.map((name, i) => weights(name, [out], i === 3 ? 0.05 : 0.1, i === 0 || i === 3 ? 1 : 0)));
    nodes.push({ op: 'BatchNormalization', inputs: [from, ...norm], outputs: [`norm.${layer}`], attributes: {} });
    nodes.push({ op: 'Relu', inputs: [`norm.${layer}`], outputs: [`relu.${layer}`], attributes: {} });
    from = `relu.${layer}`;
  }
  nodes.push({ op: end ?? 'Identity', inputs: [from], outputs: ['21'], attributes: {} });
  return {
    name: 'main_graph',
    inputs: [{ name: 'input.1', type: 'float32', shape: flat ? [1, channels * 16] : ['batch', channels, 2, 8] }],
    outputs: [{ name: '21', type: 'float32', shape: ['batch', planes, 64, 256] }],
    constants,
    nodes,
  };
}

export const foreign = (of: Foreign = {}): Uint8Array => encodeOnnx(foreignGraph(of));

/** Fields that our own encoder never writes, as other makers do: a model version, a doc string, metadata. */
export function withMetadata(onnx: Uint8Array): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(5, 1);
  pbf.writeStringField(6, 'made elsewhere');
  pbf.writeMessage(14, (_: null, p: PbfWriter) => p.writeStringField(1, 'epoch'), null);
  return Buffer.concat([pbf.finish(), onnx]);
}
