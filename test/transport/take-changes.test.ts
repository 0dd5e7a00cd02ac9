import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import { blockPreset } from '#daimon/transport/block-plan.js';
import { bars, onsOf, preset, resting, Stage, takenUp, themeOf } from './stage.js';

const second = deriveSeed(seed(7), 1);

test('`next` launches a new block on the next bar line, whose seed plays it again from bar 1', () => {
  const stage = Stage.playing();
  stage.playTo(bars(4.3));
  stage.do({ kind: 'next' });
  stage.playTo(bars(23));
  const launched = stage.started.at(-2);
  assert.ok(launched);
  assert.equal(launched.from, bars(5));
  assert.deepEqual(stage.ons(bars(4), bars(5)), onsOf(7, 0, bars(4), bars(5)));
  assert.deepEqual(stage.ons(bars(5), bars(21)), onsOf(launched.block.seed, bars(5)));
  const again = Stage.playing(0, preset, launched.block.seed);
  again.playTo(TICKS_PER_BLOCK - 20);
  assert.deepEqual(again.ons(0, TICKS_PER_BLOCK), onsOf(launched.block.seed, 0));
});

test('what `next` begins goes on with a glide from where the song is, and under the chord that holds there', () => {
  const end = { ...preset, temperature: 0, decoding: { follow: 1 } };
  for (const pressed of [17.5, 36.1, 60, 79.9]) {
    const stage = Stage.playing(0, { ...preset, decoding: { follow: 1 } });
    stage.do({ kind: 'glide', to: end, bars: 90 });
    for (const bar of [1, 5, 9, 17]) {
      stage.playTo(bars(bar));
      stage.do({ kind: 'chord', pitchClasses: [bar % 12] });
    }
    stage.playTo(bars(pressed));
    stage.do({ kind: 'next' });
    const { take } = stage.state.pending!;
    stage.playTo(bars(pressed + 3));
    const asked = stage.asks.find(({ ask }) => ask.take === take.id && ask.index === 0);
    assert.deepEqual(asked?.preset, blockPreset(stage.state.take, 0));
    assert.deepEqual(asked?.chords, [{ step: 0, pitchClasses: [17 % 12] }]);
  }
});

test('pressed again and again, `next` never comes back to a seed it had', () => {
  const stage = new Stage();
  const seeds = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    stage.do({ kind: 'next' });
    seeds.add(stage.state.take.seed);
  }
  assert.equal(seeds.size, 1000);
});

test('rewound to before the bar where `next` launched, the take begins at bar 1', () => {
  const stage = Stage.playing();
  stage.playTo(bars(4.3));
  stage.do({ kind: 'next' });
  stage.playTo(bars(6));
  const { seed: taken } = stage.state.take;
  stage.do({ kind: 'jump', tick: tick(0) });
  stage.heard.length = 0;
  stage.playTo(bars(2));
  assert.deepEqual(stage.ons(0, bars(2)), onsOf(taken, 0, 0, bars(2)));
});

test('a preset takes over on the next bar line, at the same place in the same block', () => {
  const stage = Stage.playing();
  stage.playTo(bars(4.3));
  stage.do({ kind: 'preset', preset: resting });
  stage.playTo(bars(8));
  assert.deepEqual(stage.ons(bars(4), bars(5)), onsOf(7, 0, bars(4), bars(5)));
  assert.deepEqual(stage.ons(bars(5), bars(8)), takenUp(7, 0, bars(5), bars(8), 'resting'));
});

test('a preset brings its seed along if it has one', () => {
  const stage = new Stage();
  stage.do({ kind: 'preset', preset: { ...preset, seed: seed(3) } });
  assert.equal(stage.state.take.seed, 3);
  stage.do({ kind: 'preset', preset });
  assert.equal(stage.state.take.seed, 3);
});

test('a seed takes over on the next bar line; from then on all is as if it had been there from bar 1', () => {
  const stage = Stage.playing();
  stage.playTo(bars(4.3));
  stage.do({ kind: 'next' });
  stage.playTo(bars(20.2));
  stage.do({ kind: 'seed', seed: seed(99) });
  stage.playTo(bars(24));
  const fresh = Stage.playing(bars(21), preset, 99);
  fresh.playTo(bars(24));
  assert.deepEqual(stage.ons(bars(21), bars(24)), fresh.ons(bars(21), bars(24)));
});

test('a latent is played block after block until it is taken back', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1.5));
  stage.do({ kind: 'theme', theme: themeOf(42) });
  stage.playTo(bars(20));
  assert.deepEqual(stage.ons(bars(2), bars(16)), takenUp(42, 0, bars(2), bars(16)));
  assert.deepEqual(stage.ons(bars(16), bars(20)), onsOf(42, bars(16), bars(16), bars(20)));
  stage.do({ kind: 'theme', theme: null });
  stage.playTo(bars(23));
  assert.deepEqual(stage.ons(bars(21), bars(23)), takenUp(second, bars(16), bars(21), bars(23)));
});

test('of many latents within a bar the last is played', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1));
  for (let value = 1; value <= 40; value++) {
    stage.do({ kind: 'theme', theme: themeOf(value) });
    stage.wait(20);
  }
  stage.playTo(bars(4));
  assert.deepEqual(stage.ons(bars(2), bars(4)), takenUp(40, 0, bars(2), bars(4)));
});

test('a change pending at Stop is there at the next start', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1.5));
  stage.do({ kind: 'next' });
  stage.do({ kind: 'stop' });
  stage.wait(100);
  stage.do({ kind: 'play', tick: tick(0) });
  stage.heard.length = 0;
  stage.playTo(bars(2));
  assert.deepEqual(stage.ons(0, bars(2)), onsOf(stage.state.take.seed, 0, 0, bars(2)));
  assert.notEqual(stage.state.take.seed, 7);
});

test('a knob turned without a pause is heard at each bar line, however fast it turns', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1));
  stage.drawing = 60;
  const turned = (value: number) => ({ kind: 'edit', preset: { ...preset, name: `turn-${value}` } }) as const;
  for (let value = 0; stage.state.position < bars(6); value++) {
    stage.do(turned(value));
    stage.wait(20);
  }
  const heard = stage.started.map(({ block, from }) => [from / bars(1), block.preset] as const);
  assert.deepEqual(
    heard.map(([bar]) => bar),
    [0, 2, 3, 4, 5, 6],
  );
  assert.equal(new Set(heard.map(([, name]) => name)).size, heard.length);
});

test('`next` while a knob turns begins once, on one bar line', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1.2));
  stage.drawing = 60;
  stage.do({ kind: 'next' });
  for (let value = 0; stage.state.position < bars(5.5); value++) {
    stage.do({ kind: 'edit', preset: { ...preset, name: `turn-${value}` } });
    stage.wait(20);
  }
  const starts = new Set(stage.started.slice(1).map(({ start }) => start));
  assert.deepEqual([...starts], [bars(2)]);
});
