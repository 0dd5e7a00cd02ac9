import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelRoots } from '#daimon/engine/bundle.js';
import { seed } from '#daimon/music/random.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { drawFrom } from '#daimon/training/evaluation/model-draws.js';
import { SMALL, writeRandomBundle } from '../../engine/random-model.js';

test('the same seed draws the same blocks, and each block is another', async () => {
  const root = await writeRandomBundle('small', SMALL);
  assert.equal(modelRoots(root)[0], root);
  const draw = async (): Promise<(readonly GridNote[])[]> => {
    const blocks: (readonly GridNote[])[] = [];
    await drawFrom('small', root, 3, seed(5), (notes) => blocks.push(notes));
    return blocks;
  };
  const blocks = await draw();
  assert.equal(blocks.length, 3);
  assert.deepEqual(blocks, await draw());
  assert.notDeepEqual(blocks[0], blocks[1]);
  for (const { onset, end, pitch } of blocks.flat()) {
    assert(Number.isInteger(Number(onset)) && end > onset && end <= 256 && pitch >= 30 && pitch < 94);
  }
});
