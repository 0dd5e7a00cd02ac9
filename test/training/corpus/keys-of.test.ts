import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf } from '#daimon/training/corpus/keys-of.js';

test('the keys of a dataset are the moves of its training blocks, each with its share', () => {
  const moves = [5, -2, 5, 5, 0];
  const origin = (i: number) => ({ song: i, bar: 0, transpose: moves[i], heldOut: i === 4 });
  assert.deepEqual(keysOf({ training: Uint32Array.of(0, 1, 2, 3), origin }), [
    { move: -2, share: 0.25 },
    { move: 5, share: 0.75 },
  ]);
});
