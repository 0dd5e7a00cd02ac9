import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newAllowance } from '#daimon/bridge/osc/allowance.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis } from '#daimon/music/units.js';

it('an allowance gives so many at once, and then so many a second, however it is asked', () => {
  const random = randomFrom(seed(5));
  const allowance = newAllowance(16, 8);
  let given = 0;
  let now = 0;
  for (let n = 0; n < 10_000; n++) {
    now += random.uniform() * 20;
    const count = 1 + random.below(3);
    if (allowance.take(count, millis(now))) given += count;
    assert.ok(given <= 16 + (8 * now) / 1000 + 1e-6);
  }
  assert.ok(given > (8 * now) / 1000 - 3);
});

it('an allowance that nobody took from gives no more than so many at once', () => {
  const allowance = newAllowance(2, 100);
  assert.deepEqual(
    [1, 1, 1].map((count) => allowance.take(count, millis(1e9))),
    [true, true, false],
  );
});
