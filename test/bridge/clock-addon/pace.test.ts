import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { PACE_MS, paced } from '#daimon/bridge/clock-addon/pace.js';

it('of values that come too fast the first goes at once, and then the newest in its turn; none that is last is lost', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const passed: number[] = [];
  const pass = paced<number>((value) => passed.push(value));
  for (const value of [1, 2, 3]) pass(value);
  assert.deepEqual(passed, [1]);
  mock.timers.tick(PACE_MS);
  assert.deepEqual(passed, [1, 3]);
  pass(4);
  mock.timers.tick(PACE_MS - 1);
  assert.deepEqual(passed, [1, 3]);
  mock.timers.tick(1);
  assert.deepEqual(passed, [1, 3, 4]);
  mock.timers.tick(PACE_MS);
  pass(5);
  assert.deepEqual(passed, [1, 3, 4, 5]);
  mock.timers.reset();
});
