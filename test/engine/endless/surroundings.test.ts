import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMNS, STEPS_PER_COLUMN } from '#daimon/engine/endless/reach.js';
import {
  LEAD,
  ownColumns,
  SURROUNDINGS,
  stretchFrom,
  WIDE_COLUMNS,
  windowsOf,
  withSurroundings,
} from '#daimon/engine/endless/surroundings.js';
import { columnsOf } from '#daimon/music/columns.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { openGenerator, SHAPE } from './networks.js';

const wide = noiseFrom(seed(4), { ...SHAPE, columns: WIDE_COLUMNS });

test('windows are what a network takes: 8 columns each, and all 14 are in one', () => {
  const windows = windowsOf(wide);
  assert.deepEqual(
    windows.map(({ shape }) => shape.columns),
    [COLUMNS, COLUMNS],
  );
  assert.deepEqual(windows[0], columnsOf(wide, 0, COLUMNS));
  assert.deepEqual(windows[1], columnsOf(wide, WIDE_COLUMNS - COLUMNS, COLUMNS));
});

test('what surrounds a block is the end of the one before and the beginning of the one after', () => {
  const [before, block, after] = [1, 2, 3].map((from) => noiseFrom(seed(from), SHAPE));
  const surrounded = withSurroundings(before, block, after);
  assert.equal(surrounded.shape.columns, WIDE_COLUMNS);
  assert.deepEqual(columnsOf(surrounded, 0, SURROUNDINGS), columnsOf(before, COLUMNS - SURROUNDINGS, SURROUNDINGS));
  assert.deepEqual(ownColumns(surrounded), block);
  assert.deepEqual(columnsOf(surrounded, SURROUNDINGS + COLUMNS, SURROUNDINGS), columnsOf(after, 0, SURROUNDINGS));
});

test('every column of a stretch is as it is in the middle of any window', async () => {
  const generator = await openGenerator();
  const drawn: Float32Array[] = [];
  for (const window of windowsOf(wide)) drawn.push(await generator.draw(window));
  for (let column = -LEAD; column <= LEAD; column++) {
    const stretch = stretchFrom(drawn, column);
    for (let c = 0; c < COLUMNS; c++) {
      const inWide = SURROUNDINGS + column + c;
      const start = Math.min(Math.max(inWide - 3, 0), WIDE_COLUMNS - COLUMNS);
      const middle = await generator.draw(columnsOf(wide, start, COLUMNS));
      for (let row = 0; row < stretch.length; row += STEPS_PER_BLOCK) {
        for (let step = 0; step < STEPS_PER_COLUMN; step++) {
          const there = middle[row + (inWide - start) * STEPS_PER_COLUMN + step];
          assert.equal(stretch[row + c * STEPS_PER_COLUMN + step], there);
        }
      }
    }
  }
  await generator.close();
});
