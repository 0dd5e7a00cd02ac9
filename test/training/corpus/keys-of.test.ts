import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf } from '#daimon/training/corpus/keys-of.js';
import { note } from '../evaluation/blocks.js';

test('the keys of a dataset are the moves of its training blocks, each with its share and its register', () => {
  const moves = [5, -2, 5, 5, 0];
  const blocks = [[note(0, 60), note(4, 64)], [note(0, 70)], [note(0, 63)], [note(0, 67)], [note(0, 90)]];
  const origin = (i: number) => ({ song: i, bar: 0, transpose: moves[i], heldOut: i === 4 });
  assert.deepEqual(keysOf({ training: Uint32Array.of(0, 1, 2, 3), origin, notes: (i) => blocks[i] }), [
    { move: -2, share: 0.25, pitch: 70, deviation: 0 },
    { move: 5, share: 0.75, pitch: 64, deviation: 2.160247 },
  ]);
});
