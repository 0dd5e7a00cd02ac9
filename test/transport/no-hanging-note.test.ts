import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import type { ConductorEvent } from '#daimon/transport/conductor-state.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { anyPreset, bars, preset, Stage, themeOf } from './stage.js';

test('whatever is done in whatever order, no note hangs, and none is struck twice or ended twice', () => {
  for (let trial = 0; trial < 150; trial++) {
    const random = randomFrom(seed(trial));
    const stage = new Stage(anyPreset(random), trial, random.below(4) > 0);
    const events: readonly (() => ConductorEvent)[] = [
      () => ({ kind: 'play', tick: tick(random.below(40 * TICKS_PER_BAR)) }),
      () => ({ kind: 'jump', tick: tick(120 * random.below(40 * 16)) }),
      () => ({ kind: 'stop' }),
      () => ({ kind: 'next' }),
      () => ({ kind: 'seed', seed: seed(random.below(1000)) }),
      () => ({ kind: 'preset', preset: anyPreset(random) }),
      () => ({ kind: 'theme', theme: random.below(2) === 0 ? null : themeOf(random.below(100)) }),
      () => ({ kind: 'edit', preset: anyPreset(random) }),
      () => ({ kind: 'morph', morph: { kind: 'line', to: anyPreset(random), x: random.uniform() } }),
      () => ({ kind: 'glide', to: { ...preset, seed: seed(random.below(9)) }, bars: 1 + random.below(32) }),
      () => ({ kind: random.below(2) === 0 ? 'undo' : 'redo' }),
      () => ({ kind: 'refused' }),
      () => ({ kind: 'time', tick: tick(stage.state.position + random.below(3000)) }),
    ];
    for (let i = 0; i < 40; i++) {
      stage.drawing = random.below(5) === 0 ? random.below(6000) : random.below(200);
      stage.failing = random.below(8) === 0;
      stage.do(events[random.below(events.length)]());
      stage.wait(random.below(2 * TICKS_PER_BAR));
      // a running song may always be stopped: the Stage checks each on and off, so here it must have fallen silent
      if (random.below(6) === 0) stage.do({ kind: 'jump', tick: stage.state.position });
      if (!stage.state.running) assert.equal(stage.sounding.size, 0);
    }
    stage.do({ kind: 'stop' });
    assert.equal(stage.sounding.size, 0, `trial ${trial}`);
  }
});

test('where a change takes over, every note of what played before is ended by its bar line', () => {
  let cut = 0;
  for (let trial = 0; trial < 200; trial++) {
    const random = randomFrom(seed(trial));
    const stage = Stage.playing(bars(random.below(30)), anyPreset(random), trial, random.below(2) === 0);
    stage.wait(random.below(2 * TICKS_PER_BAR));
    const changes: readonly ConductorEvent[] = [
      { kind: 'preset', preset: anyPreset(random) },
      { kind: 'theme', theme: themeOf(trial) },
      { kind: 'seed', seed: seed(trial + 1) },
      { kind: 'morph', morph: { kind: 'line', to: anyPreset(random), x: random.uniform() } },
      { kind: 'undo' },
      { kind: 'next' },
    ];
    for (let i = random.below(3); i >= 0; i--) stage.do(changes[random.below(changes.length)]);
    const { id } = stage.state.pending?.take ?? stage.state.take;
    while (stage.state.take.id !== id || stage.state.cued !== null) stage.wait(20);
    const from = stage.started.at(-1)?.from ?? 0;
    assert.equal(from % TICKS_PER_BAR, 0);
    const old = stage.heard.filter(({ edge }) => edge.tick < from || (edge.tick === from && !isNoteOn(edge)));
    const balance = old.reduce((sum, { edge }) => sum + (isNoteOn(edge) ? 1 : -1), 0);
    assert.equal(balance, 0, `trial ${trial}`);
    cut += old.filter(({ edge }) => edge.tick === from).length;
    stage.do({ kind: 'stop' });
    assert.equal(stage.sounding.size, 0);
  }
  assert.ok(cut > 200, `${cut} notes were cut`);
});

test('left alone, every note ends by its block: none is released by a stop', () => {
  const stage = Stage.playing();
  stage.playTo(2 * TICKS_PER_BLOCK);
  const offs = stage.heard.filter(({ edge }) => !isNoteOn(edge)).length;
  const ons = stage.heard.length - offs;
  assert.ok(ons > 300);
  const crossing = [...stage.sounding.values()].filter((on) => on.tick < 2 * TICKS_PER_BLOCK);
  assert.deepEqual(crossing, []);
});
