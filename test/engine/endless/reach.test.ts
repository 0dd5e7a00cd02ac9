import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COLUMNS, EDGE, STEPS_PER_COLUMN } from '#daimon/engine/endless/reach.js';
import { beside, columnsOf } from '#daimon/music/columns.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { openGenerator, SHAPE } from './networks.js';

let generator: Awaited<ReturnType<typeof openGenerator>>;
before(async () => {
  generator = await openGenerator();
});
after(() => generator.close());

/** The steps on which two rolls differ in any cell. */
function changed(a: Float32Array, b: Float32Array): readonly number[] {
  const steps = new Set<number>();
  a.forEach((p, i) => {
    if (p !== b[i]) steps.add(i % STEPS_PER_BLOCK);
  });
  return [...steps].sort((x, y) => x - y);
}

const withColumn = (latent: Latent, column: number, other: Latent): Latent =>
  beside([
    columnsOf(latent, 0, column),
    columnsOf(other, column, 1),
    columnsOf(latent, column + 1, COLUMNS - column - 1),
  ]);

test('another column changes all of its own two bars and 31 steps on either side, and nothing else', async () => {
  const [latent, other] = [noiseFrom(seed(1), SHAPE), noiseFrom(seed(2), SHAPE)];
  const roll = await generator.draw(latent);
  for (let column = 0; column < COLUMNS; column++) {
    const from = Math.max(0, column * STEPS_PER_COLUMN - 31);
    const to = Math.min(STEPS_PER_BLOCK, (column + 1) * STEPS_PER_COLUMN + 31);
    const expected = Array.from({ length: to - from }, (_, i) => from + i);
    assert.deepEqual(changed(roll, await generator.draw(withColumn(latent, column, other))), expected);
  }
});

test('what lies beyond the edge of a network is heard in its outer column only', async () => {
  const inner = noiseFrom(seed(3), { ...SHAPE, columns: COLUMNS + 2 });
  const [early, late] = [
    await generator.draw(columnsOf(inner, 0, COLUMNS)),
    await generator.draw(columnsOf(inner, 2, COLUMNS)),
  ];
  const differ: number[] = [];
  for (let c = 2; c < COLUMNS; c++) {
    const at = (column: number) => column * STEPS_PER_COLUMN;
    const isSame = Array.from({ length: early.length / STEPS_PER_BLOCK }, (_, row) => row * STEPS_PER_BLOCK).every(
      (row) => {
        const [a, b] = [early.subarray(row + at(c), row + at(c + 1)), late.subarray(row + at(c - 2), row + at(c - 1))];
        return a.every((p, i) => p === b[i]);
      },
    );
    if (!isSame) differ.push(c);
  }
  // column 2 of the first is the outer one of the second, and 7 is outer itself
  assert.deepEqual(differ, [1 + EDGE, COLUMNS - EDGE]);
});
