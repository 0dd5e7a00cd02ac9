import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MOST_HEARD, newHistory } from '#daimon/daemon/history.js';
import type { Block } from '#daimon/music/block.js';
import { seed } from '#daimon/music/random.js';
import { tick } from '#daimon/music/units.js';
import { bars, blockOf, preset } from '../transport/stage.js';

const started = (block: Block, from = 0) => {
  return { block, preset, index: 0, start: tick(0), from: bars(from), repeated: false };
};

it('blocks are numbered as they are heard, and found by their number', () => {
  const history = newHistory();
  const [a, b] = [blockOf(seed(1)), blockOf(seed(2))];
  assert.deepEqual([history.hear(started(a)).number, history.hear(started(b, 16)).number], [1, 2]);
  assert.equal(history.find(2).block, b);
  assert.equal(history.find(2).from, bars(16));
});

it('a block that is heard again, after a jump, keeps its number', () => {
  const history = newHistory();
  const a = blockOf(seed(1));
  history.hear(started(a));
  history.hear(started(blockOf(seed(2))));
  assert.equal(history.hear(started(a)).number, 1);
  assert.equal(history.heard.length, 2);
});

it('the oldest are forgotten, and a number that is not there is told with those that are', () => {
  const history = newHistory();
  assert.throws(() => history.find(1), {
    code: 'history',
    message: 'There is no block 1 to recall: none was heard yet.',
  });
  for (let i = 0; i < MOST_HEARD + 10; i++) history.hear(started(blockOf(seed(i))));
  assert.equal(history.heard.length, MOST_HEARD);
  assert.throws(() => history.find(10), { message: 'There is no block 10 to recall: there are 11 to 266.' });
  assert.equal(history.find(11).block.seed, 10);
});
