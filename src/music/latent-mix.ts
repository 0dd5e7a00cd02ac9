import type { Latent } from './latent.js';

/** Below this sine two directions are taken for one line: float32 tells no more. */
const LINE = 1e-6;

/**
 * The way from one latent to another of the same shape, column by column, each as far as its amount says (held to
 * 0..1): a column's numbers, channels x rows, are a vector whose direction goes along the great circle and whose length
 * goes evenly. Straight mixing would pass through shorter, tamer latents than either end (White, Sampling Generative
 * Networks, 2016).
 * At 0 and 1 it is the ends, bit for bit. Opposite columns have many great circles: one is chosen, always the same.
 */
export function slerp(a: Latent, b: Latent, amounts: number | readonly number[]): Latent {
  const { channels, rows, columns } = a.shape;
  const values = new Float32Array(a.values.length);
  for (let column = 0; column < columns; column++) {
    const columnOf = (latent: Latent): Float64Array =>
      Float64Array.from({ length: channels * rows }, (_, i) => latent.values[i * columns + column]);
    const amount = typeof amounts === 'number' ? amounts : amounts[column];
    const mixed = !(amount > 0) ? columnOf(a) : amount >= 1 ? columnOf(b) : onTheArc(columnOf(a), columnOf(b), amount);
    for (let i = 0; i < mixed.length; i++) values[i * columns + column] = mixed[i];
  }
  return { shape: a.shape, values };
}

function onTheArc(a: Float64Array, b: Float64Array, t: number): Float64Array {
  const [from, to] = [lengthOf(a), lengthOf(b)];
  // without a direction there is no arc
  if (from === 0 || to === 0) return a.map((value, i) => value + t * (b[i] - value));
  const [start, end] = [a.map((value) => value / from), b.map((value) => value / to)];
  const cosine = dot(start, end);
  const across = end.map((value, i) => value - cosine * start[i]);
  const sine = lengthOf(across);
  const side = sine > LINE ? across.map((value) => value / sine) : cosine > 0 ? across : squareTo(start);
  const angle = t * (sine > LINE ? Math.atan2(sine, cosine) : cosine > 0 ? 0 : Math.PI);
  const length = from + t * (to - from);
  return start.map((value, i) => length * (Math.cos(angle) * value + Math.sin(angle) * side[i]));
}

/** A unit vector at right angles to one of two dimensions or more; the same for its opposite. */
function squareTo(unit: Float64Array): Float64Array {
  let axis = 0;
  for (let i = 1; i < unit.length; i++) if (Math.abs(unit[i]) < Math.abs(unit[axis])) axis = i;
  const square = unit.map((value, i) => (i === axis ? 1 : 0) - unit[axis] * value);
  const length = lengthOf(square);
  return length === 0 ? square : square.map((value) => value / length);
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const lengthOf = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));
