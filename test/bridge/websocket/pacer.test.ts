import assert from 'node:assert/strict';
import { afterEach, beforeEach, it, mock } from 'node:test';
import { Pacer } from '#daimon/bridge/websocket/pacer.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

const pass = (ms: number): void => mock.timers.tick(ms);

it('the first time is at once, the next ones come after a pause each, and none that nobody asked for', () => {
  let acts = 0;
  const pacer = new Pacer(100, () => {
    acts++;
    return true;
  });
  for (let i = 0; i < 5; i++) pacer.ask();
  assert.equal(acts, 1);
  pass(99);
  assert.equal(acts, 1);
  pass(1);
  assert.equal(acts, 2);
  pass(1000);
  assert.equal(acts, 2);
  pacer.ask();
  assert.equal(acts, 3);
});

it('what could not be done is tried again, without being asked for again', () => {
  const could = [false, false, true];
  const pacer = new Pacer(100, () => could.shift() ?? assert.fail('not asked for'));
  pacer.ask();
  for (let i = 0; i < 5; i++) pass(100);
  assert.deepEqual(could, []);
});

it('another rate holds from the next pause on, and nothing happens after the end', () => {
  let acts = 0;
  const pacer = new Pacer(100, () => {
    acts++;
    return true;
  });
  pacer.ask();
  pacer.everyMs = 10;
  pacer.ask();
  pass(100);
  pacer.ask();
  pass(10);
  assert.equal(acts, 3);
  pacer.ask();
  pacer.close();
  pass(1000);
  assert.equal(acts, 3);
});
