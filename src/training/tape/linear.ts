import { transpose } from './shape.js';
import type { Tape, Tensor } from './tape.js';

/** [rows, inner] x [inner, columns]. */
export function matmul(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const y = tape.emit('MatMul', [a, b], [a.shape[0]!, b.shape[1]!]);
  return tape.differentiable(y, [a, b], (dy) => [
    () => matmul(tape, dy, transpose(tape, b, [1, 0])),
    () => matmul(tape, transpose(tape, a, [1, 0]), dy),
  ]);
}
