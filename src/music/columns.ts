import { type Latent, type LatentShape, latentSize } from './latent.js';

/** So many of a latent's columns, from one on, as a latent of their own. */
export function columnsOf({ shape, values }: Latent, from: number, columns: number): Latent {
  const part: LatentShape = { ...shape, columns };
  const cut = new Float32Array(latentSize(part));
  for (let row = 0; row < shape.channels * shape.rows; row++) {
    const start = row * shape.columns + from;
    cut.set(values.subarray(start, start + columns), row * columns);
  }
  return { shape: part, values: cut };
}

/** Latents of as many channels and rows, one after the other in time. */
export function beside(latents: readonly Latent[]): Latent {
  const columns = latents.reduce((sum, { shape }) => sum + shape.columns, 0);
  const shape: LatentShape = { ...latents[0].shape, columns };
  const values = new Float32Array(latentSize(shape));
  for (let row = 0; row < shape.channels * shape.rows; row++) {
    let at = row * columns;
    for (const part of latents) {
      const own = part.shape.columns;
      values.set(part.values.subarray(row * own, (row + 1) * own), at);
      at += own;
    }
  }
  return { shape, values };
}
