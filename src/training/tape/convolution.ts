import { ints } from './attribute.js';
import { sum, transpose } from './shape.js';
import type { Tape, Tensor } from './tape.js';

/** One number for both axes, or [pitch, time]. */
type Extent = number | readonly [number, number];

export interface Window {
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Extent;
}

/** A weight's last two dimensions. */
export const kernelOf = (w: Window): readonly [number, number] => both(w.kernel);

const both = (extent: Extent): readonly [number, number] => (typeof extent === 'number' ? [extent, extent] : extent);

const attributes = (w: Window) => ({
  kernel_shape: ints(both(w.kernel)),
  strides: ints(both(w.stride)),
  pads: ints([...both(w.padding), ...both(w.padding)]),
});

/** Elements along one axis (0 pitch, 1 time) after a convolution, and before it. */
const narrowed = (size: number, w: Window, axis: 0 | 1): number =>
  Math.floor((size + 2 * both(w.padding)[axis] - both(w.kernel)[axis]) / both(w.stride)[axis]) + 1;
const widened = (size: number, w: Window, axis: 0 | 1): number =>
  (size - 1) * both(w.stride)[axis] - 2 * both(w.padding)[axis] + both(w.kernel)[axis];

const SWAP = [1, 0, 2, 3] as const;

/**
 * Gradient of a strided convolution's weights: a convolution again, of the wide side by the narrow side's gradient
 * spread out by the stride, with batch and channels trading places. wide [n, a, H, W], narrow [n, b, h, w] -> [b, a, ...kernel].
 */
function weightGradient(tape: Tape, wide: Tensor, narrow: Tensor, w: Window): Tensor {
  const [, a, height, width] = wide.shape as [number, number, number, number];
  const [, b, h, v] = narrow.shape as [number, number, number, number];
  const [kernel, stride, padding] = [both(w.kernel), both(w.stride), both(w.padding)];
  // rows that no window reaches are cut off at the far end, so that exactly as many offsets as the kernel has remain
  const end = (size: number, steps: number, axis: 0 | 1): number =>
    kernel[axis] + stride[axis] * (steps - 1) - size - padding[axis];
  const y = tape.emit('Conv', [transpose(tape, wide, SWAP), transpose(tape, narrow, SWAP)], [a, b, ...kernel], {
    kernel_shape: ints([h, v]),
    dilations: ints(stride),
    pads: ints([...padding, end(height, h, 0), end(width, v, 1)]),
  });
  return transpose(tape, y, SWAP);
}

/** x [n, in, H, W], weight [out, in, ...kernel], bias [out] -> [n, out, (H + 2p - k) / s + 1, ...]. */
export function conv(tape: Tape, x: Tensor, weight: Tensor, bias: Tensor | null, w: Window): Tensor {
  const [n, , height, width] = x.shape as [number, number, number, number];
  const shape = [n, weight.shape[0]!, narrowed(height, w, 0), narrowed(width, w, 1)];
  const y = tape.emit('Conv', bias ? [x, weight, bias] : [x, weight], shape, attributes(w));
  return tape.differentiable(y, bias ? [x, weight, bias] : [x, weight], (dy) => [
    () => tape.emit('ConvTranspose', [dy, weight], x.shape, attributes(w)),
    () => weightGradient(tape, x, dy, w),
    () => biasGradient(tape, dy),
  ]);
}

/** x [n, in, h, w], weight [in, out, ...kernel], bias [out] -> [n, out, (h - 1) s - 2p + k, ...]. */
export function convTranspose(tape: Tape, x: Tensor, weight: Tensor, bias: Tensor | null, w: Window): Tensor {
  const [n, , height, width] = x.shape as [number, number, number, number];
  const shape = [n, weight.shape[1]!, widened(height, w, 0), widened(width, w, 1)];
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
