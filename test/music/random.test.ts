import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deriveSeed, MAX_SEED, type Random, randomFrom, seed } from '#daimon/music/random.js';

const take = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const moment = (values: readonly number[], k: number): number => mean(values.map((v) => v ** k));
const words = (random: Random): number[] => take(32, () => random.uniform());

/** Draws for the statistics below. Their bounds are five standard errors wide; the seed is fixed, so they can't flicker. */
const N = 100_000;

describe('randomness', () => {
  it('the same seed gives the same stream', () => {
    assert.deepEqual(words(randomFrom(seed(7))), words(randomFrom(seed(7))));
  });

  it('the stream of seed 7 begins as it always has: recorded takes rest on it', () => {
    const random = randomFrom(seed(7));
    assert.deepEqual(
      take(3, () => random.uniform() * 2 ** 32),
      [407_226_324, 3_558_214_028, 345_886_666],
    );
  });

  it('neighbouring seeds give streams with nothing in common', () => {
    const seen = new Set<number>();
    for (let s = 0; s < 200; s++) for (const word of words(randomFrom(seed(s)))) seen.add(word);
    // 6400 draws from 2^32 meet by chance with a probability of half a percent
    assert.equal(seen.size, 200 * 32);
  });

  it('a take has a hundred thousand blocks before a derived seed comes again, and hardly then', () => {
    const parent = seed(7);
    const derived = new Set(
      take(
        N,
        (
          (i = 0) =>
          () =>
            deriveSeed(parent, i++)
        )(),
      ),
    );
    assert.equal(derived.size, N);
    assert.ok(!derived.has(parent));
  });

  it('the same block of two takes has two seeds', () => {
    for (let i = 0; i < 100; i++) assert.notEqual(deriveSeed(seed(7), i), deriveSeed(seed(8), i));
  });

  it('a seed is an unsigned 32-bit integer whatever it was made from', () => {
    for (const n of [0, 1, -1, 1.9, MAX_SEED, 2 ** 32, 2 ** 40 + 5]) {
      const s = seed(n);
      assert.ok(Number.isInteger(s) && s >= 0 && s <= MAX_SEED, `${n} became ${s}`);
    }
    assert.equal(seed(MAX_SEED), MAX_SEED);
  });

  it('uniform draws lie in [0, 1) with the mean and variance of the uniform distribution', () => {
    const random = randomFrom(seed(1));
    const values = take(N, () => random.uniform());
    assert.ok(values.every((v) => v >= 0 && v < 1));
    assert.ok(Math.abs(mean(values) - 1 / 2) < 5 * Math.sqrt(1 / 12 / N));
    assert.ok(Math.abs(moment(values, 2) - 1 / 3) < 5 * Math.sqrt(4 / 45 / N));
  });

  it('normal draws have the first four moments of the standard normal: 0, 1, 0, 3', () => {
    const random = randomFrom(seed(2));
    const values = take(N, () => random.normal());
    const bounds = [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const;
    for (const [k, expected, variance] of bounds) {
      assert.ok(Math.abs(moment(values, k) - expected) < 5 * Math.sqrt(variance / N), `moment ${k}`);
    }
  });

  it('below(n) gives each of 0..n-1, each about as often', () => {
    const random = randomFrom(seed(3));
    const counts = new Map<number, number>();
    for (let i = 0; i < 60_000; i++) {
      const v = random.below(6);
      counts.set(v, (counts.get(v) ?? 0) + 1);
    }
    assert.deepEqual([...counts.keys()].sort(), [0, 1, 2, 3, 4, 5]);
    // five standard deviations of a binomial count
    for (const count of counts.values())
      assert.ok(Math.abs(count - 10_000) < 5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)));
  });
});
