import type { Move } from '../../engine/knobs/knobs.js';
import { columnMeans } from '../../engine/knobs/steered.js';
import type { Latent } from '../../music/latent.js';
import { eigenOfSymmetric } from '../evaluation/symmetric.js';
import type { Vector } from './linear.js';

/** A column parts from the mean of all by e to this for a coordinate of 1: about as much, for the music, as one of the others. */
const SPREAD = 0.3;

/**
 * Coordinates of moves in which 1 is one standard deviation of a latent's columns, whichever way; the last is the
 * columns' spread. The length of a move says how far it goes beyond what the generator has learned from.
 */
export interface Frame {
  readonly size: number;
  moveOf(coordinates: Vector): Move;
}

export function frameOf(latents: readonly Latent[]): Frame {
  const { channels, rows } = latents[0].shape;
  const n = channels * rows;
  const { values, vectors } = eigenOfSymmetric(covariance(latents.flatMap(columnsOf)), n);
  return {
    size: n + 1,
    moveOf(coordinates) {
      const offset = new Array<number>(n).fill(0);
      for (let e = 0; e < n; e++) {
        const length = coordinates[e] * Math.sqrt(Math.max(values[e], 0));
        for (let i = 0; i < n; i++) offset[i] += length * vectors[i * n + e];
      }
      return { offset, spread: coordinates[n] * SPREAD };
    },
  };
}

export interface PrincipalComponent {
  /** Of the variance. */
  readonly share: number;
  /** One standard deviation. */
  readonly offset: Vector;
}

/** The first principal components of the columns' mean, by the share of its variance that is theirs. */
export function componentsOf(latents: readonly Latent[], count: number): readonly PrincipalComponent[] {
  const { channels, rows } = latents[0].shape;
  const n = channels * rows;
  const { values, vectors } = eigenOfSymmetric(covariance(latents.map(columnMeans)), n);
  const total = values.reduce((sum, x) => sum + Math.max(x, 0), 0);
  return Array.from(values.keys())
    .sort((a, b) => values[b] - values[a])
    .slice(0, count)
    .filter((e) => values[e] > 0)
    .map((e) => {
      const raw = Float64Array.from({ length: n }, (_, i) => vectors[i * n + e] * Math.sqrt(values[e]));
      // the sign of an eigenvector says nothing: the number furthest from 0 is positive
      const most = raw.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
      return { share: values[e] / total, offset: raw.map((x) => x * Math.sign(most)) };
    });
}

function columnsOf({ shape: { columns }, values }: Latent): Vector[] {
  const n = values.length / columns;
  return Array.from({ length: columns }, (_, c) => Float64Array.from({ length: n }, (_, i) => values[i * columns + c]));
}

function covariance(points: readonly Vector[]): Vector {
  const n = points[0].length;
  const mean = new Float64Array(n);
  for (const point of points) for (let i = 0; i < n; i++) mean[i] += point[i] / points.length;
  const sums = new Float64Array(n * n);
  for (const point of points) {
    for (let i = 0; i < n; i++) {
      const x = (point[i] - mean[i]) / points.length;
      for (let j = 0; j < n; j++) sums[i * n + j] += x * (point[j] - mean[j]);
    }
  }
  return sums;
}
