import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { PAUSE, REST, spareTime } from '#daimon/engine/spare-time.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** Lets what was promised happen. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await settle();
}

/** Steps that count themselves; after `most` there is nothing left. */
function steps(most: number) {
  const counted = { taken: 0, step: async (): Promise<boolean> => ++counted.taken < most };
  return counted;
}

test('work ahead begins a while after the last answer, a step at a time, until there is none', async () => {
  const work = steps(3);
  const spare = spareTime(work.step);
  spare.resume();
  await pass(REST - 1);
  assert.equal(work.taken, 0);
  await pass(1);
  assert.equal(work.taken, 1);
  await pass(PAUSE - 1);
  assert.equal(work.taken, 1);
  for (let i = 0; i < 10; i++) await pass(PAUSE);
  assert.equal(work.taken, 3);
});

test('a question ends it until a while after its answer, also one that comes in the middle of a step', async () => {
  let finish = (): void => {};
  let taken = 0;
  const spare = spareTime(() => {
    taken++;
    return new Promise((resolve) => {
      finish = () => resolve(true);
    });
  });
  spare.resume();
  await pass(REST);
  assert.equal(taken, 1);
  spare.interrupt();
  finish();
  await settle();
  await pass(10 * REST);
  assert.equal(taken, 1);
  spare.resume();
  await pass(REST - 1);
  assert.equal(taken, 1);
  await pass(1);
  assert.equal(taken, 2);
});

test('answers that come one after the other begin one work, not two', async () => {
  const work = steps(100);
  const spare = spareTime(work.step);
  for (let i = 0; i < 5; i++) spare.resume();
  await pass(REST);
  assert.equal(work.taken, 1);
  await pass(PAUSE);
  assert.equal(work.taken, 2);
});
