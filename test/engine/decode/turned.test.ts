import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turned } from '#daimon/engine/decode/turned.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { signsOf } from '#daimon/music/mask.js';

test('a mask stands on the same steps of the block, wherever the roll begins', () => {
  for (const mask of ['x..', 'x... .x..', '12.']) {
    for (const from of [-32, 0, 16, 48]) {
      const { rests, ratchets } = turned({ ...DEFAULT_DECODING, rests: mask, ratchets: mask }, from);
      const [before, after] = [signsOf(mask), signsOf(rests)];
      for (let step = 0; step < 64; step++) {
        const there = (((step + from) % before.length) + before.length) % before.length;
        assert.equal(after[step % after.length], before[there]);
      }
      assert.equal(ratchets, rests);
    }
  }
});

test('what repeats is counted in its own units', () => {
  const of = (repeatOf: 'step' | 'beat' | 'bar', from: number) =>
    turned({ ...DEFAULT_DECODING, repeats: '..x', repeatOf }, from).repeats;
  assert.deepEqual([of('bar', 16), of('beat', 16), of('step', 16)], ['.x.', '.x.', '.x.']);
  assert.deepEqual([of('bar', -32), of('beat', 48)], ['.x.', '..x']);
});

test('no mask stays none', () => {
  assert.deepEqual(turned(DEFAULT_DECODING, 32), DEFAULT_DECODING);
});
