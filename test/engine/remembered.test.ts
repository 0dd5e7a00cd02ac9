import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembered } from '#daimon/engine/remembered.js';

const counting = (most: number) => {
  const asked: number[] = [];
  const ask = remembered(
    most,
    (a: number, b: number) => a === b,
    async (question) => {
      asked.push(question);
      if (question < 0) throw new Error('no answer');
      return question * 10;
    },
  );
  return { ask, asked };
};

test('what was asked lately is not asked again, and what is asked again stays longest', async () => {
  const { ask, asked } = counting(2);
  for (const question of [1, 2, 1, 3, 1, 2]) assert.equal(await ask(question), question * 10);
  assert.deepEqual(asked, [1, 2, 3, 2]);
});

test('a question that failed is asked again', async () => {
  const { ask, asked } = counting(2);
  await assert.rejects(ask(-1));
  await assert.rejects(ask(-1));
  assert.deepEqual(asked, [-1, -1]);
});
