/** Vectors are as long as each other; matrices row-major. */
export type Vector = Float64Array;

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export const norm = (a: Vector): number => Math.sqrt(dot(a, a));

/** a + factor b. */
export const plusTimes = (a: Vector, b: Vector, factor: number): Vector => a.map((x, i) => x + factor * b[i]);

/**
 * For each target the weights of least squares with a penalty on their squares, `penalty` times the mean square of the
 * rows' numbers for each row. A target that is NaN counts as 0: it says nothing, and draws towards nothing.
 */
export function ridge(rows: readonly Vector[], targets: readonly ArrayLike<number>[], penalty: number): Vector[] {
  const n = rows[0].length;
  const squares = new Float64Array(n * n);
  for (const row of rows) {
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) squares[i * n + j] += row[i] * row[j];
  }
  let trace = 0;
  for (let i = 0; i < n; i++) trace += squares[i * n + i];
  // a direction in which nothing varies has no weight, instead of none that is known
  for (let i = 0; i < n; i++) squares[i * n + i] += (penalty * trace) / n + Number.MIN_VALUE;
  const factor = cholesky(squares, n);
  return targets.map((target) => {
    const sums = new Float64Array(n);
    rows.forEach((row, r) => {
      if (!Number.isNaN(target[r])) for (let i = 0; i < n; i++) sums[i] += target[r] * row[i];
    });
    return solved(factor, sums);
  });
}

/** Lower triangle L of a positive definite matrix L Lᵀ, of which the lower triangle is read (Golub and Van Loan, 4.2). */
function cholesky(matrix: Vector, n: number): Vector {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / l[j * n + j];
    }
  }
  return l;
}

/** x of L Lᵀ x = b. */
function solved(l: Vector, b: Vector): Vector {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
    x[i] /= l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
    x[i] /= l[i * n + i];
  }
  return x;
}
