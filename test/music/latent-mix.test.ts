import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Latent, latentSize, noiseFrom } from '#daimon/music/latent.js';
import { slerp } from '#daimon/music/latent-mix.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';

/** Pairs of latents of every shape and length, some of them empty, opposite, or the same. */
function pairs(test: (a: Latent, b: Latent, random: Random) => void): void {
  for (let trial = 0; trial < 120; trial++) {
    const random = randomFrom(seed(trial));
    const shape = { channels: 1 + random.below(40), rows: 1 + random.below(2), columns: 1 + random.below(8) };
    const drawn = (from: number, length: number): Latent => {
      const { values } = noiseFrom(seed(from), shape);
      return { shape, values: values.map((value) => value * length) };
    };
    const a = drawn(trial, [1, 1e-3, 50, 0][random.below(4)]);
    const away = { shape, values: a.values.map((value) => -2 * value) };
    test(a, [drawn(trial + 1000, 1), away, a][random.below(3)], random);
  }
}

const column = ({ shape, values }: Latent, at: number): number[] =>
  [...values].filter((_, i) => i % shape.columns === at);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const lengthOf = (vector: readonly number[]): number => Math.sqrt(dot(vector, vector));
const near = (got: number, wanted: number, scale: number, what: string): void =>
  assert.ok(Math.abs(got - wanted) <= 1e-5 * scale + 1e-12, `${what}: ${got} instead of ${wanted}`);

test('the way between two latents begins and ends in them, bit for bit, and goes no further', () => {
  pairs((a, b) => {
    for (const t of [0, -1, Number.NEGATIVE_INFINITY, Number.NaN]) assert.deepEqual(slerp(a, b, t), a);
    for (const t of [1, 7, Number.POSITIVE_INFINITY]) assert.deepEqual(slerp(a, b, t), b);
  });
});

test('every mix is numbers, and leaves its ends as they were', () => {
  pairs((a, b, random) => {
    const before = [a.values.slice(), b.values.slice()];
    const { shape, values } = slerp(a, b, random.uniform());
    assert.deepEqual(shape, a.shape);
    assert.equal(values.length, latentSize(a.shape));
    assert.ok(values.every(Number.isFinite));
    assert.deepEqual([a.values, b.values], before);
  });
});

test('where there are two dimensions, the length of a column goes evenly from one end to the other', () => {
  pairs((a, b, random) => {
    if (a.shape.channels * a.shape.rows < 2) return;
    const t = random.uniform();
    const mixed = slerp(a, b, t);
    for (let at = 0; at < a.shape.columns; at++) {
      const [from, to] = [lengthOf(column(a, at)), lengthOf(column(b, at))];
      near(lengthOf(column(mixed, at)), from + t * (to - from), from + to, `length of column ${at}`);
    }
  });
});

test('half way, a column is as far from one end as from the other', () => {
  pairs((a, b) => {
    if (a.shape.channels * a.shape.rows < 2) return;
    const middle = slerp(a, b, 0.5);
    for (let at = 0; at < a.shape.columns; at++) {
      const [from, between, to] = [a, middle, b].map((latent) => column(latent, at));
      if (lengthOf(from) === 0) continue;
      const cosine = (end: readonly number[]): number => dot(end, between) / lengthOf(end) / lengthOf(between);
      near(cosine(from), cosine(to), 1, `angle in column ${at}`);
    }
  });
});

test('there and back is the same way', () => {
  pairs((a, b, random) => {
    const t = random.uniform();
    const [there, back] = [slerp(a, b, t).values, slerp(b, a, 1 - t).values];
    const opposite =
      a !== b && dot([...a.values], [...b.values]) < -0.999 * lengthOf([...a.values]) * lengthOf([...b.values]);
    // from an end to its opposite the same circle is run on, by its other half
    if (opposite) return;
    const scale = Math.max(...a.values.map(Math.abs), ...b.values.map(Math.abs));
    for (const [i, value] of there.entries()) near(value, back[i], scale, `value ${i}`);
  });
});

test('a column hears only its own: another column mixed in changes nothing in it', () => {
  pairs((a, b, random) => {
    if (a.shape.columns < 2) return;
    const t = random.uniform();
    const changed = {
      shape: b.shape,
      values: b.values.map((value, i) => (i % b.shape.columns === 0 ? value + 1 : value)),
    };
    const [one, other] = [slerp(a, b, t), slerp(a, changed, t)];
    for (let at = 1; at < a.shape.columns; at++) assert.deepEqual(column(one, at), column(other, at));
  });
});
