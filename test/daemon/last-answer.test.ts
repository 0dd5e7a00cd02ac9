import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lastAnswer } from '#daimon/daemon/last-answer.js';

it('answers anew only where it is asked something else than the last time', () => {
  let asked = 0;
  const pair = lastAnswer((of: object, by: number) => {
    asked++;
    return { of, by };
  });
  const [some, other] = [{}, {}];
  const first = pair(some, 1);
  assert.equal(pair(some, 1), first);
  assert.equal(asked, 1);
  assert.deepEqual(pair(some, 2), { of: some, by: 2 });
  assert.notEqual(pair(other, 2), pair(some, 2));
  assert.equal(asked, 4);
});
