import type * as Tf from '@tensorflow/tfjs';
import { convolve, convolveTransposed } from './convolution.js';
import type { NodeView } from './node-view.js';
import { concat, flatten, reshape, slice, transpose } from './shape-operators.js';
import type { TensorFlow } from './tensorflow.js';

/** Computes a node's one output from its inputs. */
export type Operator = (tf: TensorFlow, view: NodeView) => Tf.Tensor;

/** ONNX operators (opset 17) in TensorFlow.js, as far as our models use them. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', (tf, view) => tf.add(view.tensor(0), view.tensor(1))],
  ['Sub', (tf, view) => tf.sub(view.tensor(0), view.tensor(1))],
  ['Mul', (tf, view) => tf.mul(view.tensor(0), view.tensor(1))],
  ['Greater', (tf, view) => tf.greater(view.tensor(0), view.tensor(1))],
  // to float32, the only type that our models cast to
  ['Cast', (tf, view) => tf.cast(view.tensor(0), 'float32')],
  ['LeakyRelu', (tf, view) => tf.leakyRelu(view.tensor(0), view.float('alpha', 0.01))],
  ['Relu', (tf, view) => tf.relu(view.tensor(0))],
  ['Tanh', (tf, view) => tf.tanh(view.tensor(0))],
  ['Sigmoid', (tf, view) => tf.sigmoid(view.tensor(0))],
  ['HardSigmoid', hardSigmoid],
  ['BatchNormalization', normalise],
  ['Softplus', (tf, view) => tf.softplus(view.tensor(0))],
  ['Identity', (tf, view) => tf.clone(view.tensor(0))],
  ['MatMul', (tf, view) => tf.matMul(view.tensor(0), view.tensor(1))],
  ['Gemm', gemm],
  ['ReduceSum', reduceSum],
  ['Conv', convolve],
  ['ConvTranspose', convolveTransposed],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Concat', concat],
  ['Slice', slice],
  ['Transpose', transpose],
]);

/** alpha A B + beta C, A and B transposed on request. */
function gemm(tf: TensorFlow, view: NodeView): Tf.Tensor {
  const [transA, transB] = [view.int('transA', 0) === 1, view.int('transB', 0) === 1];
  const product = tf.mul(tf.matMul(view.tensor(0), view.tensor(1), transA, transB), view.float('alpha', 1));
  return view.has(2) ? tf.add(product, tf.mul(view.tensor(2), view.float('beta', 1))) : product;
}

/** alpha x + beta, held within 0 and 1. */
function hardSigmoid(tf: TensorFlow, view: NodeView): Tf.Tensor {
  const line = tf.add(tf.mul(view.tensor(0), view.float('alpha', 0.2)), view.float('beta', 0.5));
  return tf.clipByValue(line, 0, 1);
}

/** Of each channel, the second axis, by the mean and variance that were learned: x, scale, bias, mean, variance. */
function normalise(tf: TensorFlow, view: NodeView): Tf.Tensor {
  const x = view.tensor(0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((input) =>
    tf.reshape(view.tensor(input), [-1, ...Array(x.rank - 2).fill(1)]),
  );
  const spread = tf.sqrt(tf.add(variance, view.float('epsilon', 1e-5)));
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), spread), scale), bias);
}

/** Over the axes given, or over all. */
function reduceSum(tf: TensorFlow, view: NodeView): Tf.Tensor {
  const axes = view.has(1) ? [...view.whole(1)] : undefined;
  return tf.sum(view.tensor(0), axes, view.int('keepdims', 1) === 1);
}
