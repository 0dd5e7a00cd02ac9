import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Preset } from '#daimon/music/preset.js';
import { lineFrom, QUANTA, type Quantum } from '#daimon/music/quantum.js';
import { deriveSeed, randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BEAT, TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import type { ConductorEvent } from '#daimon/transport/conductor-state.js';
import { furtherSeed } from '#daimon/transport/take.js';
import { anyPreset, bars, onsOf, Stage, takenUp, themeOf } from './stage.js';

/** Plays up to a place in bar 3, and does something there. */
function launching(quantum: Quantum, at: number, event: ConductorEvent): Stage {
  const stage = Stage.playing();
  stage.do({ kind: 'quantum', quantum });
  stage.playTo(at);
  stage.do(event);
  return stage;
}
const BLOCK_0 = onsOf(7, 0);
const before = (ons: readonly string[], at: number): readonly string[] =>
  ons.filter((on) => Number.parseInt(on, 10) < at);

for (const [quantum, line] of [
  ['step', 4080],
  ['beat', 4320],
  ['bar', 5760],
  ['2 bars', 7680],
  ['4 bars', 7680],
  ['8 bars', 15360],
] as const) {
  test(`by the ${quantum}, what is launched at tick 4000 begins at ${line}, to the tick, and what played goes on until then`, () => {
    const stage = launching(quantum, 4000, { kind: 'next' });
    stage.playTo(line + 3 * TICKS_PER_BAR);
    const fresh = onsOf(furtherSeed(seed(7)), line, line, line + 2 * TICKS_PER_BAR);
    assert.deepEqual(stage.ons(0, line), before(BLOCK_0, line));
    assert.deepEqual(stage.ons(line, line + 2 * TICKS_PER_BAR), fresh);
    assert.equal(stage.state.take.anchor, line);
  });
}

test('now is as soon as its block is drawn', () => {
  const stage = launching('now', 4000, { kind: 'seed', seed: seed(9) });
  stage.playTo(6000);
  const { from } = stage.started.at(-1) ?? { from: 0 };
  assert.ok(from > 4000 && from <= 4060, `${from}`);
  assert.deepEqual(stage.ons(from, 6000), takenUp(9, 0, from, 6000));
});

test('a block that begins within a bar is followed by the next one sixteen bars later, at the same place in a bar', () => {
  const stage = launching('beat', 4000, { kind: 'next' });
  const second = 4320 + TICKS_PER_BLOCK;
  stage.playTo(second + TICKS_PER_BAR);
  const from = deriveSeed(furtherSeed(seed(7)), 1);
  assert.deepEqual(stage.ons(second, second + 960), onsOf(from, second, second, second + 960));
});

test('what is turned is heard from the next bar line on, whatever the quantum', () => {
  for (const quantum of QUANTA) {
    const stage = launching(quantum, 4000, { kind: 'theme', theme: themeOf(5) });
    stage.playTo(bars(5));
    assert.deepEqual(stage.ons(0, 5760), before(BLOCK_0, 5760));
    assert.deepEqual(stage.ons(5760, bars(5)), takenUp(5, 0, 5760, bars(5)));
  }
});

test('pressed a moment before its line, a launch is still in time; nearer than a pulse it waits for the next', () => {
  for (const [at, line] of [
    [5700, 5760],
    [5740, 7680],
  ] as const) {
    const stage = launching('bar', at, { kind: 'seed', seed: seed(9) });
    stage.playTo(bars(6));
    assert.deepEqual(stage.ons(0, line), before(BLOCK_0, line));
    assert.deepEqual(stage.ons(line, bars(6)), takenUp(9, 0, line, bars(6)));
  }
});

test('while a launch waits for its line a newer one takes its place, and a cancelled one never was', () => {
  const stage = launching('4 bars', 4000, { kind: 'seed', seed: seed(9) });
  stage.playTo(5000);
  stage.do({ kind: 'seed', seed: seed(11) });
  stage.playTo(6000);
  assert.equal(stage.state.pending?.take.seed, 11);
  stage.do({ kind: 'cancel' });
  stage.playTo(bars(5));
  assert.deepEqual(stage.ons(0, bars(5)), before(BLOCK_0, bars(5)));
  stage.do({ kind: 'undo' });
  assert.equal(stage.state.pending, null, 'there is nothing to go back to');
});

test('what is turned while a launch waits is launched with it', () => {
  const stage = launching('4 bars', 4000, { kind: 'seed', seed: seed(9) });
  stage.do({ kind: 'theme', theme: themeOf(5) });
  stage.playTo(bars(5));
  assert.deepEqual(stage.ons(0, bars(4)), before(BLOCK_0, bars(4)));
  assert.deepEqual(stage.ons(bars(4), bars(5)), takenUp(5, 0, bars(4), bars(5)));
});

test('whatever is launched on whatever lines, it begins on one of them, and no note hangs', () => {
  for (let trial = 0; trial < 150; trial++) {
    const random = randomFrom(seed(trial));
    // one that rests is taken over from at once
    const any = (): Preset => ({ ...anyPreset(random), whenLate: 'repeat' });
    const stage = Stage.playing(TICKS_PER_BEAT * random.below(60), any(), trial, random.below(2) === 0);
    for (let i = 0; i < 12; i++) {
      const quantum = QUANTA[random.below(QUANTA.length)];
      stage.do({ kind: 'quantum', quantum });
      stage.drawing = random.below(900);
      stage.do(random.below(2) === 0 ? { kind: 'next' } : { kind: 'preset', preset: any() });
      const { id } = stage.state.pending?.take ?? stage.state.take;
      if (random.below(4) === 0) stage.do({ kind: 'cancel' });
      else while (stage.state.take.id !== id || stage.state.cued !== null) stage.wait(20);
      const from = stage.started.at(-1)?.from ?? 0;
      if (stage.state.take.id === id) assert.equal(lineFrom(from, quantum), from, `trial ${trial}: ${quantum}`);
      stage.wait(random.below(TICKS_PER_BAR));
    }
    stage.do({ kind: 'stop' });
    assert.equal(stage.sounding.size, 0);
  }
});

test('a rewind plays from the top what was launched in the middle of a bar', () => {
  const stage = launching('beat', 4000, { kind: 'next' });
  stage.playTo(5000);
  stage.do({ kind: 'jump', tick: tick(0) });
  stage.wait(TICKS_PER_BAR);
  stage.heard.length = 0;
  stage.do({ kind: 'jump', tick: tick(0) });
  stage.playTo(960);
  assert.deepEqual(stage.ons(0, 960), onsOf(furtherSeed(seed(7)), 0, 0, 960));
});
