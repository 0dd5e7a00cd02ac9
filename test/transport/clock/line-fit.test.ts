import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { fitLine, fitParabola } from '#daimon/transport/clock/line-fit.js';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-6 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

test('a line through points of a line is that line, also where it runs on', () => {
  for (const size of [2, 3, 7, 100]) {
    const fit = fitLine(
      Array.from({ length: 100 }, (_, i) => 1e7 + 20.83 * i),
      size,
    );
    near(fit.last, 1e7 + 20.83 * 99);
    near(fit.next, 1e7 + 20.83 * 100);
  }
});

test('a parabola through points of a parabola is that parabola, and leaves nothing over', () => {
  const at = (i: number): number => 500 + 20 * i - 0.004 * i * i;
  for (const size of [4, 7, 100]) {
    const fit = fitParabola(
      Array.from({ length: 100 }, (_, i) => at(i)),
      size,
    );
    near(fit.last, at(99));
    near(fit.next, at(100));
    near(fit.rest, 0);
  }
});

for (const [name, fit] of [
  ['line', fitLine],
  ['parabola', fitParabola],
] as const) {
  test(`the point to come errs by as much as the variance of a ${name} says`, () => {
    const random = randomFrom(seed(1));
    const size = 12;
    const errors = Array.from({ length: 4000 }, () =>
      fit(
        Array.from({ length: size }, () => random.normal()),
        size,
      ),
    );
    const variance = errors.reduce((sum, { next }) => sum + next ** 2, 0) / errors.length;
    assert.ok(Math.abs(variance / errors[0].variance - 1) < 0.1, `${variance} for ${errors[0].variance}`);
  });
}

test('what a parabola leaves over has the variance of the jitter', () => {
  const random = randomFrom(seed(2));
  const rests = Array.from(
    { length: 500 },
    () =>
      fitParabola(
        Array.from({ length: 20 }, () => 3 * random.normal()),
        20,
      ).rest,
  );
  assert.ok(Math.abs(rests.reduce((sum, rest) => sum + rest, 0) / rests.length / 9 - 1) < 0.05);
});
