import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochStarts, epochStartsMemory } from '#daimon/bridge/midi/output/epoch-starts.js';
import { tick } from '#daimon/music/units.js';
import { type Epoch, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';

/** The starts of epochs 1, 2, ... */
function starting(...from: readonly number[]) {
  const starts = epochStarts(epochStartsMemory());
  let epoch: Epoch = FIRST_EPOCH;
  for (const at of from) {
    epoch = nextEpoch(epoch);
    starts.write(epoch, tick(at));
  }
  return starts;
}

test('an epoch lasts until the next one begins, or a newer one that begins before that', () => {
  const starts = starting(100, 300, 200);
  assert.deepEqual([starts.after(0, 1), starts.after(0, 3)], [100, 100]);
  assert.deepEqual([starts.after(1, 2), starts.after(1, 3), starts.after(2, 3)], [300, 200, 200]);
});

test('of more epochs than are kept the oldest are over', () => {
  const starts = starting(...Array.from({ length: 100 }, (_, i) => 10 * i));
  assert.equal(starts.after(0, 100), Number.NEGATIVE_INFINITY);
  assert.equal(starts.after(99, 100), 990);
});
