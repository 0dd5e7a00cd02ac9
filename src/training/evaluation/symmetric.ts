/** Square matrices, row-major. */
export type Matrix = Float64Array;

export interface Eigen {
  readonly values: Float64Array;
  /** Column i belongs to value i; columns are orthonormal. */
  readonly vectors: Matrix;
}

/** Sweeps until the rest is rounding; a matrix of this program's size needs about eight. */
const MOST_SWEEPS = 50;

/** Eigenvalues and vectors of a symmetric n x n matrix by cyclic Jacobi rotations (Golub and Van Loan, 8.5). */
export function eigenOfSymmetric(matrix: Matrix, n: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const size = Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > 1e-15 * size; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors: v };
}

function offDiagonal(a: Matrix, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += 2 * a[p * n + q] ** 2;
  return Math.sqrt(sum);
}

/** Turns the plane (p, q) so that a[p][q] is zero. */
function rotate(a: Matrix, v: Matrix, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
}

function turn(m: Matrix, at: number, and: number, c: number, s: number): void {
  const x = m[at];
  const y = m[and];
  m[at] = c * x - s * y;
  m[and] = s * x + c * y;
}

/** The symmetric root of a positive semidefinite matrix; what rounding made negative counts as zero. */
export function rootOfSymmetric(matrix: Matrix, n: number): Matrix {
  const { values, vectors } = eigenOfSymmetric(matrix, n);
  const scaled = new Float64Array(n * n);
  const transposed = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      scaled[i * n + k] = vectors[i * n + k] * Math.sqrt(Math.max(values[k], 0));
      transposed[k * n + i] = vectors[i * n + k];
    }
  }
  return product(scaled, transposed, n);
}

export function product(a: Matrix, b: Matrix, n: number): Matrix {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k];
      if (x === 0) continue;
      for (let j = 0; j < n; j++) c[i * n + j] += x * b[k * n + j];
    }
  }
  return c;
}
