import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { fitLine } from '#daimon/transport/clock/line-fit.js';
import { type SteadyLine, steadyLine } from '#daimon/transport/clock/steady-line.js';

const SIZE = 48;
const RISE = 20;
const TRIALS = 300;

/** Values of a line, each off by a draw. */
const train = (draw: (random: Random) => number, trial: number): readonly number[] => {
  const random = randomFrom(seed(trial));
  return Array.from({ length: SIZE }, (_, i) => 1000 + RISE * i + draw(random));
};

const flat = (random: Random): number => 2 * (2 * random.uniform() - 1);
const normal = (random: Random): number => 1.155 * random.normal();

/** Root mean square over many trains. */
function errorOf(draw: (random: Random) => number, of: (values: readonly number[]) => number): number {
  const squares = Array.from({ length: TRIALS }, (_, trial) => of(train(draw, trial + 1)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / TRIALS);
}

const lastOff = ({ last }: Pick<SteadyLine, 'last'>): number => last - (1000 + RISE * (SIZE - 1));

test('points of a line give that line, and no error', () => {
  const { last, rise, riseError } = steadyLine(
    train(() => 0, 1),
    SIZE,
  );
  assert.ok(Math.abs(last - 1940) < 1e-6 && Math.abs(rise - RISE) < 1e-6 && riseError < 1e-6);
});

test('where the jitter is flat, it finds the line a third better than least squares; on normal jitter it is hardly worse', () => {
  const ratio = (draw: (random: Random) => number): number =>
    errorOf(draw, (values) => lastOff(steadyLine(values, SIZE))) /
    errorOf(draw, (values) => lastOff(fitLine(values, SIZE)));
  assert.ok(ratio(flat) < 0.67, `${ratio(flat)}`);
  assert.ok(ratio(normal) < 1.1, `${ratio(normal)}`);
});

test('a rise that is known makes the place surer by half', () => {
  const free = errorOf(flat, (values) => lastOff(steadyLine(values, SIZE)));
  const known = errorOf(flat, (values) => lastOff(steadyLine(values, SIZE, RISE)));
  assert.ok(known < 0.6 * free, `${known} for ${free}`);
});

for (const [name, draw] of [
  ['flat', flat],
  ['normal', normal],
] as const) {
  test(`the rise errs as it says it does, with ${name} jitter`, () => {
    const told = errorOf(draw, (values) => steadyLine(values, SIZE).riseError);
    const real = errorOf(draw, (values) => steadyLine(values, SIZE).rise - RISE);
    assert.ok(real / told > 0.75 && real / told < 1.4, `${real} for ${told}`);
  });
}

test('values all at one place have a rise of 0', () => {
  assert.equal(steadyLine(new Array(10).fill(5), 10).rise, 0);
});
