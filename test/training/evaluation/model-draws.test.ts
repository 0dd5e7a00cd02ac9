import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelRoots } from '#daimon/engine/bundle.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { drawFrom, mover } from '#daimon/training/evaluation/model-draws.js';
import { SMALL, writeRandomBundle } from '../../engine/random-model.js';
import { note } from './blocks.js';

test('a block goes back by the moves of the songs, as often as there were songs', () => {
  const keys = [
    { move: -5, share: 0.25 },
    { move: 2, share: 0.75 },
  ];
  const back = mover(keys, randomFrom(seed(1)));
  const pitches = Array.from({ length: 4000 }, () => back([note(0, 60)])[0].pitch);
  assert.deepEqual([...new Set(pitches)].toSorted(), [58, 65]);
  const share = pitches.filter((pitch) => pitch === 65).length / 4000;
  assert(Math.abs(share - 0.25) < 0.03, `${share}`);
});

test('a model whose card says nothing of keys is left in its own', () => {
  assert.deepEqual(mover(undefined, randomFrom(seed(1)))([note(0, 60)]), [note(0, 60)]);
});

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
