import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { pearson, ranksOf, spearman } from '#daimon/training/knobs/ranks.js';

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a} and ${b}`);

describe('ranks', () => {
  it('of equal values are the mean of the places that they take', () => {
    assert.deepEqual([...ranksOf([30, 10, 20, 10, 10])], [4, 1, 3, 1, 1]);
    assert.deepEqual([...ranksOf([2, 2])], [0.5, 0.5]);
    assert.deepEqual([...ranksOf([])], []);
  });
});

describe("Spearman's correlation", () => {
  it("is SciPy's on the examples of its manual, ties and all", () => {
    close(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 0.8207826816681233);
    close(spearman([1, 2, 3, 4], [4, 3, 2, 1]), -1);
  });

  it('is 1 for whatever rises with the other, and the same for any function that rises', () => {
    const random = randomFrom(seed(3));
    const x = Array.from({ length: 50 }, () => random.normal());
    const y = Array.from({ length: 50 }, (_, i) => x[i] + random.normal());
    close(
      spearman(
        x,
        x.map((value) => Math.exp(value)),
      ),
      1,
    );
    close(
      spearman(x, y),
      spearman(
        x.map((value) => value ** 3),
        y,
      ),
    );
    close(spearman(x, y), spearman(y, x));
  });

  it('leaves out pairs that are not defined, and is 0 beside what never changes', () => {
    close(spearman([1, 2, Number.NaN, 3], [1, 2, 0, 3]), 1);
    assert.equal(spearman([1, 2, 3], [7, 7, 7]), 0);
    assert.equal(pearson([1, 1], [2, 3]), 0);
  });
});
