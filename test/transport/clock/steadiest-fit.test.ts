import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { steadiestFit } from '#daimon/transport/clock/steadiest-fit.js';

const values = (count: number, at: (i: number) => number, jitter: number, trial = 1): readonly number[] => {
  const random = randomFrom(seed(trial));
  return Array.from({ length: count }, (_, i) => at(i) + jitter * (2 * random.uniform() - 1));
};
const steady = (i: number): number => 20 * i;
const bent = (i: number): number => 20 * i + 0.5 * Math.max(0, i - 80);

test('a steady train is believed all the way back', () => {
  const sizes = Array.from({ length: 50 }, (_, trial) => steadiestFit(values(96, steady, 2, trial), 1).size);
  assert.ok(sizes.filter((size) => size === 96).length >= 45, `${sizes}`);
});

test('after a bend only what came since is believed', () => {
  const { size, isStraight, next } = steadiestFit(values(96, bent, 0.2), 0.2);
  assert.ok(isStraight && size <= 16, `${size}`);
  assert.ok(Math.abs(next - bent(96)) < 0.3);
});

test('a train that curves steadily is most often taken for a parabola', () => {
  const curved = (i: number): number => 20 * i - 0.002 * i * i;
  const fits = Array.from({ length: 20 }, (_, trial) => steadiestFit(values(96, curved, 0.2, trial), 0.2));
  assert.ok(fits.filter(({ size, isStraight }) => !isStraight && size >= 48).length >= 12);
  for (const { next } of fits) assert.ok(Math.abs(next - curved(96)) < 0.35, `${next - curved(96)}`);
});

test('the jitter is told apart from a change of tempo', () => {
  for (const at of [steady, (i: number) => 20 * i - 0.004 * i * i]) {
    const { spread } = steadiestFit(values(96, at, 2), 0.5);
    // a flat jitter of 2 ms has a standard deviation of 2 / sqrt 3
    assert.ok(Math.abs(spread / 1.155 - 1) < 0.2, `${spread}`);
  }
});
