/** A normal distribution over latents with all its covariances. */
export interface Gaussian {
  readonly mean: Float32Array;
  /** Lower triangular L with L L^T = covariance, row-major [n, n]. A latent is mean + L * noise. */
  readonly factor: Float32Array;
}

/** Fits to samples [count, n], row-major. `ridge` is added to the diagonal, so that few samples do. */
export function fitGaussian(samples: Float32Array, n: number, ridge = 1e-3): Gaussian {
  const count = samples.length / n;
  const mean = new Float64Array(n);
  for (let s = 0; s < count; s++) for (let i = 0; i < n; i++) mean[i]! += samples[s * n + i]! / count;
  const covariance = new Float64Array(n * n);
  const centred = new Float64Array(n);
  for (let s = 0; s < count; s++) {
    for (let i = 0; i < n; i++) centred[i] = samples[s * n + i]! - mean[i]!;
    for (let i = 0; i < n; i++) {
      const c = centred[i]! / count;
      for (let j = 0; j <= i; j++) covariance[i * n + j]! += c * centred[j]!;
    }
  }
  for (let i = 0; i < n; i++) covariance[i * n + i]! += ridge;
  return { mean: Float32Array.from(mean), factor: Float32Array.from(cholesky(covariance, n)) };
}

/** The lower triangle of a symmetric positive definite matrix's Cholesky factor. */
function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / l[j * n + j]!;
    }
  }
  return l;
}
