import { ints } from './attribute.js';
import { sum, transpose } from './shape.js';
import type { Tape, Tensor } from './tape.js';

/** Square kernel, the same stride and padding on both axes. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

const attributes = (w: Window) => ({
  kernel_shape: ints([w.kernel, w.kernel]),
  strides: ints([w.stride, w.stride]),
  pads: ints([w.padding, w.padding, w.padding, w.padding]),
});

const SWAP = [1, 0, 2, 3] as const;

/**
 * Gradient of a strided convolution's weights: a convolution again, of the wide side by the narrow side's gradient
 * spread out by the stride, with batch and channels trading places. wide [n, a, H, W], narrow [n, b, h, w] -> [b, a, k, k].
 */
function weightGradient(tape: Tape, wide: Tensor, narrow: Tensor, w: Window): Tensor {
  const [, a, height, width] = wide.shape as [number, number, number, number];
  const [, b, h, v] = narrow.shape as [number, number, number, number];
  // rows that no window reaches are cut off at the far end, so that exactly k x k offsets remain
  const end = (size: number, steps: number): number => w.kernel - 1 + w.stride * (steps - 1) + 1 - size - w.padding;
  const y = tape.emit(
    'Conv',
    [transpose(tape, wide, SWAP), transpose(tape, narrow, SWAP)],
    [a, b, w.kernel, w.kernel],
    {
      kernel_shape: ints([h, v]),
      dilations: ints([w.stride, w.stride]),
      pads: ints([w.padding, w.padding, end(height, h), end(width, v)]),
    },
  );
  return transpose(tape, y, SWAP);
}

/** x [n, in, H, W], weight [out, in, k, k], bias [out] -> [n, out, (H + 2p - k) / s + 1, ...]. */
export function conv(tape: Tape, x: Tensor, weight: Tensor, bias: Tensor | null, w: Window): Tensor {
  const [n, , height, width] = x.shape as [number, number, number, number];
  const size = (s: number): number => Math.floor((s + 2 * w.padding - w.kernel) / w.stride) + 1;
  const shape = [n, weight.shape[0]!, size(height), size(width)];
  const y = tape.emit('Conv', bias ? [x, weight, bias] : [x, weight], shape, attributes(w));
  return tape.differentiable(y, bias ? [x, weight, bias] : [x, weight], (dy) => [
    () => tape.emit('ConvTranspose', [dy, weight], x.shape, attributes(w)),
    () => weightGradient(tape, x, dy, w),
    () => biasGradient(tape, dy),
  ]);
}

/** x [n, in, h, w], weight [in, out, k, k], bias [out] -> [n, out, (h - 1) s - 2p + k, ...]. */
export function convTranspose(tape: Tape, x: Tensor, weight: Tensor, bias: Tensor | null, w: Window): Tensor {
  const [n, , height, width] = x.shape as [number, number, number, number];
  const size = (s: number): number => (s - 1) * w.stride - 2 * w.padding + w.kernel;
  const shape = [n, weight.shape[1]!, size(height), size(width)];
  const y = tape.emit('ConvTranspose', bias ? [x, weight, bias] : [x, weight], shape, attributes(w));
  return tape.differentiable(y, bias ? [x, weight, bias] : [x, weight], (dy) => [
    () => tape.emit('Conv', [dy, weight], x.shape, attributes(w)),
    () => weightGradient(tape, dy, x, w),
    () => biasGradient(tape, dy),
  ]);
}

function biasGradient(tape: Tape, dy: Tensor): Tensor {
  const total = sum(tape, dy, [0, 2, 3]);
  return tape.emit('Reshape', [total, tape.integers([dy.shape[1]!])], [dy.shape[1]!]);
}
