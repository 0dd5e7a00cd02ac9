import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TICKS_PER_BLOCK } from '#daimon/music/units.js';
import type { ConductorEvent } from '#daimon/transport/conductor-state.js';
import { bars, resting, Stage, takenUp, themeOf } from './stage.js';

const asked = (stage: Stage): readonly string[] => stage.asks.map(({ ask }) => `take ${ask.take} block ${ask.index}`);

const CHANGES: readonly (readonly [string, ConductorEvent, string])[] = [
  ['`next`', { kind: 'next' }, 'take 1 block 0'],
  ['a preset', { kind: 'preset', preset: resting }, 'take 1 block 0'],
  ['a latent', { kind: 'theme', theme: themeOf(42) }, 'take 1 block 0'],
  ['a jump', { kind: 'jump', tick: bars(100) }, 'take 0 block 6'],
];

for (const [what, event, wanted] of CHANGES) {
  test(`${what} waits for the draw that is under way, and for no other`, () => {
    const stage = Stage.slow(bars(3));
    stage.playTo(bars(1));
    stage.do(event);
    assert.deepEqual(asked(stage), ['take 0 block 0', 'take 0 block 1']);
    stage.wait(bars(2) + 40);
    assert.deepEqual(asked(stage).slice(2), [wanted]);
  });
}

test('of a change, the second block is asked for once the first has its bar line', () => {
  const stage = Stage.slow(60);
  stage.playTo(bars(4.1));
  stage.do({ kind: 'next' });
  stage.playTo(bars(4.4));
  assert.deepEqual(asked(stage).slice(2), ['take 1 block 0']);
  stage.playTo(bars(5.1));
  assert.deepEqual(asked(stage).slice(2), ['take 1 block 0', 'take 1 block 1']);
});

test('while latent after latent comes within a bar, nothing else is drawn: one a beat, and all in the last one', () => {
  const stage = Stage.slow(40);
  stage.playTo(bars(2));
  for (let value = 1; value <= 24; value++) {
    stage.do({ kind: 'theme', theme: themeOf(value) });
    stage.wait(80);
  }
  assert.deepEqual(asked(stage).slice(2), [
    ...[1, 6, 12, 18, 19, 20, 21, 22, 23, 24].map((take) => `take ${take} block 0`),
    'take 24 block 1',
  ]);
  stage.playTo(bars(3.5));
  assert.deepEqual(stage.ons(bars(3), bars(3) + 480), takenUp(24, 0, bars(3), bars(3) + 480));
});

test('what was turned once is drawn at once, and what is turned last is heard, even if it waited', () => {
  const stage = Stage.slow(40);
  stage.playTo(bars(2));
  stage.do({ kind: 'theme', theme: themeOf(1) });
  stage.do({ kind: 'theme', theme: themeOf(2) });
  stage.playTo(bars(2.5));
  assert.deepEqual(asked(stage).slice(2), ['take 1 block 0', 'take 2 block 0']);
  stage.playTo(bars(4));
  assert.deepEqual(stage.ons(bars(3), bars(4)), takenUp(2, 0, bars(3), bars(4)));
});

test('a change that takes over where the next block begins has nothing drawn for the one that ends there', () => {
  const stage = Stage.playing();
  stage.playTo(bars(15.1));
  stage.do({ kind: 'preset', preset: resting });
  stage.playTo(TICKS_PER_BLOCK + bars(1));
  assert.deepEqual(asked(stage).slice(2), ['take 1 block 1', 'take 1 block 2']);
  assert.equal(stage.started.at(-1)?.from, TICKS_PER_BLOCK);
});

test('a jump near the end of a block has the next one drawn at once', () => {
  const stage = Stage.playing();
  stage.do({ kind: 'jump', tick: bars(31.5) });
  stage.playTo(bars(34));
  assert.deepEqual(stage.said, []);
  assert.deepEqual(asked(stage), ['take 0 block 0', 'take 0 block 1', 'take 0 block 2', 'take 0 block 3']);
});
