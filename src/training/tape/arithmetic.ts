import { FLOAT32, float, int } from './attribute.js';
import { reduceTo, sum } from './shape.js';
import { sizeOf, type Tape, type Tensor } from './tape.js';

/** The shape of a op b under ONNX's broadcasting, for equal ranks or a scalar. */
const broadcast = (a: Tensor, b: Tensor): readonly number[] => {
  if (a.shape.length === 0) return b.shape;
  if (b.shape.length === 0) return a.shape;
  return a.shape.map((size, axis) => Math.max(size, b.shape[axis]!));
};

export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('Add', [a, b], broadcast(a, b));
  return tape.differentiable(y, [a, b], (dy) => [() => reduceTo(tape, dy, a.shape), () => reduceTo(tape, dy, b.shape)]);
}

export function subtract(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('Sub', [a, b], broadcast(a, b));
  return tape.differentiable(y, [a, b], (dy) => [
    () => reduceTo(tape, dy, a.shape),
    () => reduceTo(tape, scale(tape, dy, -1), b.shape),
  ]);
}

export function multiply(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('Mul', [a, b], broadcast(a, b));
  return tape.differentiable(y, [a, b], (dy) => [
    () => reduceTo(tape, tape.emit('Mul', [dy, b], y.shape), a.shape),
    () => reduceTo(tape, tape.emit('Mul', [dy, a], y.shape), b.shape),
  ]);
}

export function divide(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('Div', [a, b], broadcast(a, b));
  return tape.differentiable(y, [a, b], (dy) => {
    const over = (): Tensor => tape.emit('Div', [dy, b], y.shape);
    return [
      () => reduceTo(tape, over(), a.shape),
      () => reduceTo(tape, scale(tape, tape.emit('Mul', [over(), y], y.shape), -1), b.shape),
    ];
  });
}

export const scale = (tape: Tape, x: Tensor, by: number): Tensor => multiply(tape, x, tape.constant([by], []));
export const shift = (tape: Tape, x: Tensor, by: number): Tensor => add(tape, x, tape.constant([by], []));
export const square = (tape: Tape, x: Tensor): Tensor => multiply(tape, x, x);

export function mean(tape: Tape, x: Tensor, axes: readonly number[] | 'all'): Tensor {
  const total = sum(tape, x, axes);
  return scale(tape, total, sizeOf(total.shape) / sizeOf(x.shape));
}

/** An elementwise op with derivative `slope(x, y)`, written with plain emits. */
function elementwise(tape: Tape, op: string, x: Tensor, slope: (y: Tensor) => Tensor): Tensor {
  const y = tape.emit(op, [x], x.shape);
  return tape.differentiable(y, [x], (dy) => [() => tape.emit('Mul', [dy, slope(y)], x.shape)]);
}

export const exp = (tape: Tape, x: Tensor): Tensor => elementwise(tape, 'Exp', x, (y) => y);
export const sqrt = (tape: Tape, x: Tensor): Tensor =>
  elementwise(tape, 'Sqrt', x, (y) => tape.emit('Div', [tape.constant([0.5], []), y], x.shape));
export const sigmoid = (tape: Tape, x: Tensor): Tensor =>
  elementwise(tape, 'Sigmoid', x, (y) =>
    tape.emit('Mul', [y, tape.emit('Sub', [tape.constant([1], []), y], x.shape)], x.shape),
  );
export const softplus = (tape: Tape, x: Tensor): Tensor =>
  elementwise(tape, 'Softplus', x, () => tape.emit('Sigmoid', [x], x.shape));

const above = (tape: Tape, x: Tensor, limit: number): Tensor =>
  tape.emit('Greater', [x, tape.constant([limit], [])], x.shape);
const asFloat = (tape: Tape, truth: Tensor): Tensor => tape.emit('Cast', [truth], truth.shape, { to: int(FLOAT32) });

export const relu = (tape: Tape, x: Tensor): Tensor =>
  elementwise(tape, 'Relu', x, () => asFloat(tape, above(tape, x, 0)));

export function leakyRelu(tape: Tape, x: Tensor, slope: number): Tensor {
  const y = tape.emit('LeakyRelu', [x], x.shape, { alpha: float(slope) });
  return tape.differentiable(y, [x], (dy) => [
    () =>
      tape.emit('Where', [above(tape, x, 0), dy, tape.emit('Mul', [dy, tape.constant([slope], [])], x.shape)], x.shape),
  ]);
}

/** Limits x to low..high; no gradient where it was limited. */
export function clip(tape: Tape, x: Tensor, low: number, high: number): Tensor {
  const y = tape.emit('Clip', [x, tape.constant([low], []), tape.constant([high], [])], x.shape);
  return tape.differentiable(y, [x], (dy) => [
    () => tape.emit('Mul', [dy, asFloat(tape, tape.emit('Equal', [x, y], x.shape))], x.shape),
  ]);
}

/** One where x > limit, else zero; the gradient passes as if nothing had happened (straight-through). */
export function binarise(tape: Tape, x: Tensor, limit: number): Tensor {
  const y = asFloat(tape, above(tape, x, limit));
  return tape.differentiable(y, [x], (dy) => [() => dy]);
}

/** The same numbers, through which no gradient passes. */
export const detach = (tape: Tape, x: Tensor): Tensor => tape.emit('Identity', [x], x.shape);
