import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soon, type Wait } from '#daimon/bridge/midi/surface/soon.js';

test('what is asked for often is done once, a little later, and then again when it is asked for again', () => {
  const waiting = new Set<() => void>();
  const wait: Wait = (_, then) => {
    waiting.add(then);
    return () => waiting.delete(then);
  };
  let done = 0;
  const act = soon(10, () => done++, wait);
  const pass = (): void => {
    for (const then of [...waiting]) {
      waiting.delete(then);
      then();
    }
  };
  for (let i = 0; i < 100; i++) act();
  assert.deepEqual([waiting.size, done], [1, 0]);
  pass();
  assert.equal(done, 1);
  act();
  pass();
  assert.equal(done, 2);
  act();
  act.callOff();
  act.callOff();
  pass();
  assert.equal(done, 2);
});
