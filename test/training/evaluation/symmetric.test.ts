import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { eigenOfSymmetric, product, rootOfSymmetric } from '#daimon/training/evaluation/symmetric.js';

const near = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert(Math.abs(a[i] - b[i]) < 1e-10, `${i}: ${a[i]}, not ${b[i]}`);
};

test('a matrix of twos with ones beside the diagonal has the eigenvalues of a string at rest', () => {
  const n = 12;
  const string = Float64Array.from({ length: n * n }, (_, at) => {
    const apart = Math.abs(Math.floor(at / n) - (at % n));
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
  const { values } = eigenOfSymmetric(string, n);
  near(
    values.toSorted(),
    Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))),
  );
});

test('the square of the root is the matrix, also where it has less than full rank', () => {
  const n = 20;
  const random = randomFrom(seed(2));
  const points = Array.from({ length: 7 }, () => Float64Array.from({ length: n }, () => random.normal()));
  const gram = Float64Array.from({ length: n * n }, (_, at) =>
    points.reduce((sum, x) => sum + x[Math.floor(at / n)] * x[at % n], 0),
  );
  const root = rootOfSymmetric(gram, n);
  near(product(root, root, n), gram);
});
