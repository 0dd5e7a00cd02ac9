import type { Tensor } from '@tensorflow/tfjs';
import { type NodeView, wrong } from './node-view.js';
import type { TensorFlow } from './tensorflow.js';

const product = (sizes: readonly number[]): number => sizes.reduce((n, size) => n * size, 1);
const fromEnd = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
const within = (index: number, size: number): number => Math.min(Math.max(index < 0 ? index + size : index, 0), size);

/** 0 keeps a dimension, -1 takes what is left (TensorFlow infers it too). */
export function reshape(tf: TensorFlow, view: NodeView): Tensor {
  const image = view.tensor(0);
  const keepZero = view.int('allowzero', 0) === 1;
  const shape = view.whole(1).map((size, axis) => (size === 0 && !keepZero ? image.shape[axis] : size));
  return tf.reshape(image, shape);
}

/** Two dimensions: all before the axis, and all from it on. */
export function flatten(tf: TensorFlow, view: NodeView): Tensor {
  const image = view.tensor(0);
  const axis = fromEnd(view.int('axis', 1), image.rank);
  return tf.reshape(image, [product(image.shape.slice(0, axis)), product(image.shape.slice(axis))]);
}

export function concat(tf: TensorFlow, view: NodeView): Tensor {
  const parts = view.node.inputs.map((_, index) => view.tensor(index));
  return tf.concat(parts, fromEnd(view.int('axis', 0), parts[0].rank));
}

/** Ends past the edge are cut to it. */
export function slice(tf: TensorFlow, view: NodeView): Tensor {
  const image = view.tensor(0);
  const [starts, ends] = [view.whole(1), view.whole(2)];
  const axes = view.has(3) ? view.whole(3) : starts.map((_, axis) => axis);
  const steps = view.has(4) ? view.whole(4) : starts.map(() => 1);
  if (steps.some((step) => step < 1)) throw wrong(view.node, 'it steps backwards');
  const begin = image.shape.map(() => 0);
  const end = [...image.shape];
  const strides = image.shape.map(() => 1);
  for (const [i, at] of axes.entries()) {
    const axis = fromEnd(at, image.rank);
    begin[axis] = within(starts[i], image.shape[axis]);
    end[axis] = within(ends[i], image.shape[axis]);
    strides[axis] = steps[i];
  }
  return tf.stridedSlice(image, begin, end, strides);
}

export function transpose(tf: TensorFlow, view: NodeView): Tensor {
  const image = view.tensor(0);
  return tf.transpose(image, [...view.ints('perm', image.shape.map((_, axis) => axis).reverse())]);
}
