import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { NodeView } from './node-view.js';
import { wrong } from './node-view.js';
import type { TensorFlow } from './tensorflow.js';

/**
 * ONNX keeps images as [batch, channels, height, width], TensorFlow on a CPU only as [batch, height, width, channels].
 * Both weights, [out, in, h, w] of Conv and [in, out, h, w] of ConvTranspose, turn into TensorFlow's by one permutation.
 */
const TO_LAST = [0, 2, 3, 1];
const TO_FIRST = [0, 3, 1, 2];
export const FILTER_PERMUTATION: readonly number[] = [2, 3, 1, 0];

/** Conv in two dimensions. Padding is done before, since TensorFlow knows no uneven one. */
export function convolve(tf: TensorFlow, view: NodeView): Tensor {
  const { strides, pads } = plainWindow(view);
  const [top, left, bottom, right] = pads;
  const padded = tf.pad(channelsLast(tf, view), [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  return finish(tf, view, tf.conv2d(padded, filter(view), strides, 'valid'));
}

/** ConvTranspose in two dimensions: the whole output, then what the padding cuts off its edges. */
export function convolveTransposed(tf: TensorFlow, view: NodeView): Tensor {
  const { strides, pads } = plainWindow(view);
  if (view.ints('output_padding', [0, 0]).some((n) => n !== 0)) throw wrong(view.node, 'it has an output padding');
  const [top, left, bottom, right] = pads;
  const image = channelsLast(tf, view);
  const weights = filter(view);
  const [batch, rows, columns] = image.shape;
  const [height, width] = [(rows - 1) * strides[0] + weights.shape[0], (columns - 1) * strides[1] + weights.shape[1]];
  const channels = weights.shape[2];
  const whole = tf.conv2dTranspose(image, weights, [batch, height, width, channels], strides, 'valid');
  const cut = tf.slice(whole, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
  return finish(tf, view, cut);
}

/** The weights were turned when the model was loaded. */
const filter = (view: NodeView): Tensor4D => view.tensor(1).as4D(...sizesOf(view.tensor(1)));

const channelsLast = (tf: TensorFlow, view: NodeView): Tensor4D => {
  const image = view.tensor(0);
  return tf.transpose(image.as4D(...sizesOf(image)), TO_LAST);
};

function finish(tf: TensorFlow, view: NodeView, image: Tensor4D): Tensor {
  const biased: Tensor4D = view.has(2) ? tf.add(image, view.tensor(2)) : image;
  return tf.transpose(biased, TO_FIRST);
}

function sizesOf(tensor: Tensor): [number, number, number, number] {
  const [a, b, c, d] = tensor.shape;
  return [a, b, c, d];
}

function plainWindow(view: NodeView): { strides: [number, number]; pads: readonly number[] } {
  if (view.int('group', 1) !== 1) throw wrong(view.node, 'it has groups');
  if (view.ints('dilations', [1, 1]).some((n) => n !== 1)) throw wrong(view.node, 'it is dilated');
  if (view.node.attributes.auto_pad !== undefined) throw wrong(view.node, 'it asks for automatic padding');
  const [down, across] = view.ints('strides', [1, 1]);
  return { strides: [down, across], pads: view.ints('pads', [0, 0, 0, 0]) };
}
