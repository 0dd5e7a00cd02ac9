import { int, ints } from './attribute.js';
import { sizeOf, type Tape, type Tensor } from './tape.js';

export function reshape(tape: Tape, x: Tensor, shape: readonly number[]): Tensor {
  // -1 keeps the first dimension free, so that an exported network takes any batch
  const y = tape.emit('Reshape', [x, tape.integers([-1, ...shape.slice(1)])], shape);
  return tape.differentiable(y, [x], (dy) => [() => reshape(tape, dy, x.shape)]);
}

export function transpose(tape: Tape, x: Tensor, order: readonly number[]): Tensor {
  const y = tape.emit(
    'Transpose',
    [x],
    order.map((axis) => x.shape[axis]!),
    { perm: ints(order) },
  );
  const back = order.map((_, axis) => order.indexOf(axis));
  return tape.differentiable(y, [x], (dy) => [() => transpose(tape, dy, back)]);
}

/** Along axis 1 (channels). */
export function concat(tape: Tape, parts: readonly Tensor[]): Tensor {
  const widths = parts.map((p) => p.shape[1]!);
  const shape = parts[0]!.shape.with(
    1,
    widths.reduce((a, b) => a + b),
  );
  const y = tape.emit('Concat', parts, shape, { axis: int(1) });
  return tape.differentiable(y, parts, (dy) => {
    let from = 0;
    return widths.map((width) => {
      const start = from;
      from += width;
      return () => channels(tape, dy, start, start + width);
    });
  });
}

/** Channels from..to of axis 1. */
export function channels(tape: Tape, x: Tensor, from: number, to: number): Tensor {
  const cut = [from, to, 1].map((n) => tape.integers([n]));
  const y = tape.emit('Slice', [x, cut[0]!, cut[1]!, cut[2]!], x.shape.with(1, to - from));
  return tape.differentiable(y, [x], (dy) => [
    () => {
      const rest = [x.shape.with(1, from), x.shape.with(1, x.shape[1]! - to)];
      const zeros = rest.map((shape) => tape.constant(new Float32Array(sizeOf(shape)), shape));
      return tape.emit(
        'Concat',
        [zeros[0]!, dy, zeros[1]!].filter((t) => t.shape[1]! > 0),
        x.shape,
        { axis: int(1) },
      );
    },
  ]);
}

/** Sum over axes; the summed axes stay, with size 1, unless all go: then the sum is a scalar. */
export function sum(tape: Tape, x: Tensor, axes: readonly number[] | 'all'): Tensor {
  const shape = axes === 'all' ? [] : x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const y =
    axes === 'all'
      ? tape.emit('ReduceSum', [x], shape, { keepdims: int(0) })
      : tape.emit('ReduceSum', [x, tape.integers(axes)], shape, { keepdims: int(1) });
  return tape.differentiable(y, [x], (dy) => [() => expand(tape, dy, x.shape)]);
}

export function expand(tape: Tape, x: Tensor, shape: readonly number[]): Tensor {
  const y = tape.emit('Expand', [x, tape.integers(shape)], shape);
  return tape.differentiable(y, [x], (dy) => [() => reduceTo(tape, dy, x.shape)]);
}

/** The gradient of broadcasting `shape` to x's: the sum over what was repeated. */
export function reduceTo(tape: Tape, x: Tensor, shape: readonly number[]): Tensor {
  if (shape.length === 0) return x.shape.length === 0 ? x : sum(tape, x, 'all');
  const axes = x.shape.flatMap((size, axis) => (shape[axis] !== size ? [axis] : []));
  return axes.length === 0 ? x : sum(tape, x, axes);
}
