import { transpose } from './shape.js';
import type { Tape, Tensor } from './tape.js';

/** [.., rows, inner] x [.., inner, columns]; the axes before are the same on both sides. */
export function matmul(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('MatMul', [a, b], [...a.shape.slice(0, -1), b.shape.at(-1)!]);
  return tape.differentiable(y, [a, b], (dy) => [
    () => matmul(tape, dy, turned(tape, b)),
    () => matmul(tape, turned(tape, a), dy),
  ]);
}

/** The last two axes trade places. */
function turned(tape: Tape, x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(tape, x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
