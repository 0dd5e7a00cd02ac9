import assert from 'node:assert/strict';
import { afterEach, beforeEach, it, mock } from 'node:test';
import type { Values } from '#daimon/bridge/control/controls.js';
import { MergedSets } from '#daimon/bridge/control/merged-sets.js';
import { randomFrom, seed } from '#daimon/music/random.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** Turns what has no negative value; notes what was turned, and what each was told. */
function hands() {
  const turned: Values[] = [];
  const told: string[] = [];
  const sets = new MergedSets((values) => {
    const wrong = Object.keys(values).find((path) => Number(values[path]) < 0);
    if (wrong !== undefined) throw new Error(wrong);
    turned.push(values);
  });
  const set = (name: string, values: Values): void =>
    sets.add({ values, done: () => told.push(name), fail: (error) => told.push(`${name}: ${error}`) });
  return { sets, set, turned, told };
}

it('the first is turned at once, all that come soon after it together, of each path the newest value', () => {
  const { set, turned, told } = hands();
  set('a', { swing: 51 });
  assert.deepEqual(told, ['a']);
  set('b', { swing: 52, gate: 1 });
  set('c', { swing: 53 });
  assert.deepEqual(told, ['a']);
  mock.timers.tick(10);
  assert.deepEqual(told, ['a', 'b', 'c']);
  assert.deepEqual(turned, [{ swing: 51 }, { swing: 53, gate: 1 }]);
  mock.timers.tick(10);
  set('d', { swing: 54 });
  assert.deepEqual(turned.at(-1), { swing: 54 });
});

it('only what can not be turned fails, each is told in its order, and the others are turned', () => {
  const { set, turned, told } = hands();
  set('a', { first: 1 });
  set('b', { low: 1 });
  set('c', { wrong: -1 });
  set('d', { high: 1 });
  set('e', { low: 2 });
  mock.timers.tick(10);
  assert.deepEqual(told, ['a', 'b', 'c: Error: wrong', 'd', 'e']);
  assert.deepEqual(Object.assign({}, ...turned), { first: 1, low: 2, high: 1 });
});

it('what else is asked finds all turned', () => {
  const { sets, set, turned } = hands();
  set('a', { swing: 51 });
  set('b', { swing: 52 });
  sets.flush();
  assert.deepEqual(turned.at(-1), { swing: 52 });
});

it('for every order of paths and times, what stands at last is the newest of each, a hundred times a second at most', () => {
  const random = randomFrom(seed(11));
  const { sets, set, turned, told } = hands();
  const newest: Record<string, number> = {};
  const span = 5000;
  for (let time = 0; time < span; time++) {
    for (let n = random.below(6); n > 0; n--) {
      const [path, value] = [`p${random.below(8)}`, random.below(1000)];
      newest[path] = value;
      set('x', { [path]: value });
    }
    mock.timers.tick(1);
  }
  sets.flush();
  assert.deepEqual(Object.assign({}, ...turned), newest);
  assert.ok(turned.length <= span / 10 + 2, `${turned.length}`);
  assert.ok(told.length > 10_000);
});
