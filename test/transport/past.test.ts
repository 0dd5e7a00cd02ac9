import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Preset } from '#daimon/music/preset.js';
import { seed } from '#daimon/music/random.js';
import { furtherSeed } from '#daimon/transport/take.js';
import { bars, onsOf, preset, Stage, takenUp, themeOf } from './stage.js';

const knob = (density: number) => ({ kind: 'edit', preset: { ...preset, knobs: { density } } }) as const;

test('undo takes the last change back, redo makes it again, and neither goes beyond the ends', () => {
  const stage = new Stage();
  stage.do({ kind: 'undo' });
  assert.equal(stage.state.take.seed, 7);
  stage.do({ kind: 'seed', seed: seed(1) });
  stage.do({ kind: 'seed', seed: seed(2) });
  const seen = (['undo', 'undo', 'undo', 'redo', 'redo', 'redo'] as const).map((kind) => {
    stage.do({ kind });
    return stage.state.take.seed;
  });
  assert.deepEqual(seen, [1, 7, 7, 1, 2, 2]);
});

test('a knob that is turned is one change, whatever its way; two other changes are two', () => {
  const stage = new Stage();
  for (let i = 0; i <= 20; i++) stage.do(knob(i / 20));
  stage.do({ kind: 'next' });
  stage.do({ kind: 'undo' });
  assert.deepEqual(stage.state.take.preset.knobs, { density: 1 });
  stage.do({ kind: 'undo' });
  assert.deepEqual(stage.state.take.preset.knobs, {});
});

test('a change after going back leaves nothing to go forth to', () => {
  const stage = new Stage();
  stage.do({ kind: 'seed', seed: seed(1) });
  stage.do({ kind: 'undo' });
  stage.do({ kind: 'theme', theme: themeOf(5) });
  stage.do({ kind: 'redo' });
  assert.equal(stage.state.take.seed, 7);
  assert.ok(stage.state.take.theme);
});

test('no more steps are kept than the bound, the newest ones', () => {
  const stage = new Stage();
  for (let i = 0; i < 100; i++) stage.do({ kind: 'seed', seed: seed(i) });
  for (let i = 0; i < 200; i++) stage.do({ kind: 'undo' });
  assert.equal(stage.state.take.seed, 100 - 64 - 1);
});

test('what is taken back while it plays sounds again from the next bar line on', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1.5));
  stage.do({ kind: 'seed', seed: seed(99) });
  stage.playTo(bars(4.5));
  stage.do({ kind: 'undo' });
  stage.playTo(bars(8));
  assert.deepEqual(stage.ons(bars(3), bars(5)), onsOf(99, 0, bars(3), bars(5)));
  assert.deepEqual(stage.ons(bars(5), bars(8)), takenUp(7, 0, bars(5), bars(8)));
});

test('what another model drew is not gone back to: its latents would mean something else', () => {
  const stage = new Stage();
  stage.do({ kind: 'seed', seed: seed(1) });
  stage.do({ kind: 'model', model: 1 });
  stage.do({ kind: 'undo' });
  assert.deepEqual([stage.state.take.seed, stage.state.take.model], [1, 1]);
});

test('two values turned one after the other are two changes, and so are two kinds of morph', () => {
  const stage = new Stage();
  const edit = (of: Preset): void => stage.do({ kind: 'edit', preset: of });
  edit({ ...preset, temperature: 0.5 });
  edit({ ...preset, temperature: 0.6 });
  edit({ ...preset, temperature: 0.6, decoding: { gate: 0.5 } });
  for (const x of [0.1, 0.2]) stage.do({ kind: 'morph', morph: { kind: 'line', to: preset, x } });
  const corners = { right: preset, up: preset, far: preset };
  for (const x of [0.1, 0.2]) stage.do({ kind: 'morph', morph: { kind: 'square', ...corners, x, y: 0 } });
  const seen = Array.from({ length: 4 }, () => {
    stage.do({ kind: 'undo' });
    const { morph, preset: now } = stage.state.take;
    return [morph?.kind ?? null, morph?.kind === 'line' ? morph.x : null, now.decoding.gate ?? null, now.temperature];
  });
  assert.deepEqual(seen, [
    ['line', 0.2, 0.5, 0.6],
    [null, null, 0.5, 0.6],
    [null, null, null, 0.6],
    [null, null, null, 1],
  ]);
});

test('what began further on than the song is by now is gone back to from bar 1 on', () => {
  const stage = Stage.playing();
  stage.playTo(bars(5.5));
  stage.do({ kind: 'next' });
  stage.playTo(bars(7));
  stage.do({ kind: 'seed', seed: seed(9) });
  stage.playTo(bars(9));
  stage.do({ kind: 'jump', tick: bars(2) });
  stage.do({ kind: 'undo' });
  stage.heard.length = 0;
  stage.playTo(bars(5));
  assert.equal(stage.state.take.anchor, 0);
  assert.deepEqual(stage.ons(bars(3), bars(5)), takenUp(furtherSeed(seed(7)), 0, bars(3), bars(5)));
});
