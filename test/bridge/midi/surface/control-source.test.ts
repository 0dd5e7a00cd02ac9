import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitsAtShare, shareOfBits } from '#daimon/bridge/midi/surface/control-source.js';

test('every value of 7 and of 14 bits comes back from its share, and more is further', () => {
  for (const bits of [7, 14] as const) {
    let before = -1;
    for (let value = 0; value < 2 ** bits; value++) {
      const share = shareOfBits(value, bits);
      assert.ok(share > before && share >= 0 && share <= 1, `${value}`);
      assert.equal(bitsAtShare(share, bits), value);
      before = share;
    }
  }
});

test('the middle of a knob, and a wheel at rest, is exactly half the way', () => {
  assert.deepEqual(
    [0, 64, 127].map((value) => shareOfBits(value, 7)),
    [0, 0.5, 1],
  );
  assert.deepEqual(
    [0, 8192, 16_383].map((value) => shareOfBits(value, 14)),
    [0, 0.5, 1],
  );
});
