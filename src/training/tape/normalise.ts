import { detach, divide, mean, multiply, shift, sqrt, square, subtract } from './arithmetic.js';
import { matmul } from './linear.js';
import { concat, expand, reshape, sum, transpose } from './shape.js';
import { sizeOf, type Tape, type Tensor } from './tape.js';

export const BATCH_NORM_EPSILON = 1e-5;

export interface BatchNorm {
  readonly output: Tensor;
  /** [1, c, 1, 1], of this batch; what an exported network needs in place of a batch. */
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Ioffe & Szegedy 2015: every channel of x [n, c, h, w] to mean 0 and variance 1 over the batch, then gain and offset [1, c, 1, 1]. */
export function batchNorm(tape: Tape, x: Tensor, gain: Tensor, offset: Tensor): BatchNorm {
  const axes = [0, 2, 3];
  const plain = (op: string, inputs: readonly Tensor[], shape = x.shape): Tensor => tape.emit(op, inputs, shape);
  const count = tape.constant([1 / (sizeOf(x.shape) / x.shape[1]!)], []);
  const average = (t: Tensor): Tensor => plain('Mul', [sum(tape, t, axes), count], gain.shape);

  const centre = average(x);
  const centred = plain('Sub', [x, centre]);
  const variance = average(plain('Mul', [centred, centred]));
  const deviation = plain(
    'Sqrt',
    [plain('Add', [variance, tape.constant([BATCH_NORM_EPSILON], [])], gain.shape)],
    gain.shape,
  );
  const normal = plain('Div', [centred, deviation]);
  const output = plain('Add', [plain('Mul', [normal, gain]), offset]);
  tape.differentiable(output, [x, gain, offset], (dy) => {
    const dGain = sum(tape, plain('Mul', [dy, normal]), axes);
    const dOffset = sum(tape, dy, axes);
    return [
      () => {
        const along = plain('Add', [
          plain('Mul', [dOffset, count], gain.shape),
          plain('Mul', [normal, plain('Mul', [dGain, count], gain.shape)]),
        ]);
        return plain('Mul', [plain('Sub', [dy, along]), plain('Div', [gain, deviation], gain.shape)]);
      },
      () => dGain,
      () => dOffset,
    ];
  });
  return { output, mean: centre, variance };
}

/**
 * Miyato et al. 2018: the weight divided by its largest singular value, found by one power iteration a step from `u`
 * [1, rows]. Gives the iterated u back, to be kept for the next step.
 */
export function spectralNorm(tape: Tape, weight: Tensor, u: Tensor): { weight: Tensor; u: Tensor } {
  const rows = weight.shape[0]!;
  const matrix = reshape(tape, weight, [rows, sizeOf(weight.shape) / rows]);
  const fixed = detach(tape, matrix);
  const unit = (t: Tensor): Tensor => divide(tape, t, shift(tape, sqrt(tape, sum(tape, square(tape, t), 'all')), 1e-8));
  const v = detach(tape, unit(matmul(tape, u, fixed)));
  const next = detach(tape, unit(matmul(tape, v, transpose(tape, fixed, [1, 0]))));
  const largest = sum(tape, multiply(tape, matmul(tape, next, matrix), v), 'all');
  return { weight: divide(tape, weight, largest), u: next };
}

/** Karras et al. 2018: one more channel that holds how much the batch varies, so that a collapsed generator is seen. */
export function minibatchDeviation(tape: Tape, x: Tensor): Tensor {
  const centred = subtract(tape, x, mean(tape, x, [0]));
  const deviation = sqrt(tape, shift(tape, mean(tape, square(tape, centred), [0]), 1e-8));
  const level = reshape(tape, mean(tape, deviation, 'all'), [1, 1, 1, 1]);
  return concat(tape, [x, expand(tape, level, x.shape.with(1, 1))]);
}
