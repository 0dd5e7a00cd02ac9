import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { dot, norm, ridge } from '#daimon/training/knobs/linear.js';
import { selective } from '#daimon/training/knobs/selective.js';

const random = randomFrom(seed(4));
const vector = (size: number): Float64Array => Float64Array.from({ length: size }, () => random.normal());
const cases = Array.from({ length: 10 }, () => Array.from({ length: 5 }, () => vector(12)));

const alike = (tolerance: number): number[] => Array.from({ length: 5 }, () => tolerance);

describe('a selective direction', () => {
  it('has all of the effect wanted, and of the others no more than is allowed', () => {
    for (const gradients of cases) {
      for (const tolerance of [0, 0.1, 0.5]) {
        gradients.forEach((_, target) => {
          const direction = selective(gradients, target, alike(tolerance));
          gradients.forEach((gradient, i) => {
            const effect = dot(gradient, direction);
            if (i === target) assert.ok(Math.abs(effect - 1) < 1e-6);
            else assert.ok(Math.abs(effect) < tolerance + 1e-6);
          });
        });
      }
    }
  });

  it('is the shorter, the more is allowed; and alone it is the gradient over its square', () => {
    for (const gradients of cases) {
      const lengths = [0, 0.1, 0.3, 1].map((tolerance) => norm(selective(gradients, 0, alike(tolerance))));
      for (const [i, length] of lengths.slice(1).entries()) assert.ok(length <= lengths[i] + 1e-6);
      const square = dot(gradients[0], gradients[0]);
      for (const [i, x] of selective([gradients[0]], 0, [0]).entries()) {
        assert.ok(Math.abs(x - gradients[0][i] / square) < 1e-9);
      }
    }
  });
});

describe('a regression', () => {
  it('finds the weights that made its targets, and passes over what is not defined', () => {
    const weights = vector(6);
    const rows = Array.from({ length: 80 }, () => vector(6));
    const target = rows.map((row) => dot(row, weights));
    const [found] = ridge(rows, [target], 1e-9);
    for (const [i, x] of found.entries()) assert.ok(Math.abs(x - weights[i]) < 1e-6);
    const [none] = ridge(rows, [target.map(() => Number.NaN)], 1e-9);
    assert.deepEqual([...none], [0, 0, 0, 0, 0, 0]);
  });
});
