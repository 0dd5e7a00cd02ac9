import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Values } from '#daimon/bridge/control/controls.js';
import { advanced, begunAnew, endedAt, type Ramp, type Ramps } from '#daimon/daemon/ramps.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis } from '#daimon/music/units.js';

const ramp = (path: string, from: number, to: number, over: number, rest: Partial<Ramp> = {}): Ramp => ({
  path,
  from,
  to,
  isWhole: false,
  begun: millis(0),
  ends: millis(over),
  every: millis(0),
  change: 1,
  isMoving: false,
  at: from,
  put: millis(0),
  ...rest,
});

/** Values as the ramps have put them, at some times; gives the changes due at each. */
function ride(begun: Ramps, times: readonly number[], values: Record<string, number>) {
  let ramps = begun;
  return times.map((time) => {
    const step = advanced(ramps, millis(time), values);
    ramps = step.ramps;
    for (const due of step.due) Object.assign(values, due.values);
    return { due: step.due, left: ramps.length, values: { ...values } as Values };
  });
}

it('a ramp is even: at each moment it is as far as its time, and at its end exactly there', () => {
  const random = randomFrom(seed(11));
  for (let trial = 0; trial < 200; trial++) {
    const [from, to, over] = [random.below(200) - 100, random.below(200) - 100, 1 + random.below(5000)];
    const times = Array.from({ length: 20 }, () => random.below(over)).sort((a, b) => a - b);
    const rode = ride([ramp('a', from, to, over)], [...times, over], { a: from });
    times.forEach((time, i) => {
      assert.ok(Math.abs(Number(rode[i].values.a) - (from + ((to - from) * time) / over)) < 1e-9);
    });
    assert.deepEqual([rode.at(-1)?.values.a, rode.at(-1)?.left], [to, 0]);
  }
});

it('whole numbers go from one to the next, and are put only when they change', () => {
  const rode = ride([ramp('a', 0, 3, 300, { isWhole: true })], [0, 40, 60, 100, 140, 160, 200, 260, 300], { a: 0 });
  assert.deepEqual(
    rode.map(({ due }) => due[0]?.values.a ?? null),
    [null, null, 1, null, null, 2, null, 3, null],
  );
  assert.equal(rode.at(-1)?.left, 0);
});

it('what costs a block moves no oftener than it may, but for its end', () => {
  const rode = ride([ramp('a', 0, 1, 1000, { every: millis(250) })], [25, 100, 250, 275, 499, 500, 990, 1000], {
    a: 0,
  });
  assert.deepEqual(
    rode.map(({ due }) => due.length),
    [0, 0, 1, 0, 0, 1, 1, 1],
  );
});

it('what was asked for at once is one change, whose first move is told', () => {
  const begun = [ramp('a', 0, 1, 100), ramp('b', 0, 2, 200, { isWhole: true }), ramp('c', 0, 1, 100, { change: 2 })];
  const rode = ride(begun, [10, 60, 160], { a: 0, b: 0, c: 0 });
  const told = rode.map(({ due }) => due.map(({ change, isFirst, values }) => [change, isFirst, Object.keys(values)]));
  assert.deepEqual(told, [
    [
      [1, true, ['a']],
      [2, true, ['c']],
    ],
    [
      [1, false, ['a', 'b']],
      [2, false, ['c']],
    ],
    [
      [1, false, ['a', 'b']],
      [2, false, ['c']],
    ],
  ]);
});

it('another hand that moves it, or takes it away, ends it, and no other', () => {
  const moved = { a: 0, b: 0, c: 0 } as Record<string, number>;
  let ramps: Ramps = [ramp('a', 0, 1, 100), ramp('b', 0, 1, 100), ramp('c', 0, 1, 100)];
  ramps = advanced(ramps, millis(10), moved).ramps;
  const step = advanced(ramps, millis(20), { a: 0.1, b: 0.7 });
  assert.deepEqual(
    step.ramps.map(({ path }) => path),
    ['a'],
  );
  assert.deepEqual(step.due[0].values, { a: 0.2 });
});

it('there is one of a path, the newest', () => {
  const ramps = begunAnew([ramp('a', 0, 1, 100), ramp('b', 0, 1, 100)], [ramp('a', 0, 9, 100)]);
  assert.deepEqual(
    ramps.map(({ path, to }) => [path, to]),
    [
      ['b', 1],
      ['a', 9],
    ],
  );
  assert.deepEqual(endedAt(ramps, ['a', 'b']), []);
});
