import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Preset } from '#daimon/music/preset.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import type { ConductorEvent } from '#daimon/transport/conductor-state.js';
import { bars, preset, Stage, takenUp } from './stage.js';

/** It follows chords: on the stage, a block's notes hang on the last one that it was drawn under. */
const following: Preset = { ...preset, decoding: { follow: 1 } };
const chord = (root: number) => ({ kind: 'chord', pitchClasses: [root, root + 4] }) as const;

const playing = (of: Preset, position: number): Stage => {
  const stage = Stage.playing(0, of);
  stage.playTo(position);
  stage.heard.length = 0;
  return stage;
};

for (const [where, played, from] of [
  ['at once in the middle of a step', 4460, 4480],
  ['on the next step, where that is near', 4400, 4440],
] as const)
  test(`a chord is heard as soon as the block is drawn for it, in the middle of a bar and of notes: ${where}`, () => {
    const stage = playing(following, played);
    stage.do(chord(1));
    stage.playTo(bars(4));
    assert.deepEqual(stage.ons(played + 1, bars(4)), takenUp(7 + 1, 0, from, bars(4)));
  });

test('a chord is heard in the last bar of a block, whose notes are all planned by then', () => {
  const stage = playing(following, bars(15.5));
  stage.do(chord(1));
  stage.playTo(bars(16));
  assert.deepEqual(stage.ons(bars(15.5) + 1, bars(16)), takenUp(7 + 1, 0, bars(15.5) + 20, bars(16)));
});

test('later blocks follow it too, and each next chord changes what plays', () => {
  const stage = playing(following, bars(1.5));
  stage.do(chord(1));
  stage.playTo(bars(2.5));
  stage.do(chord(2));
  stage.playTo(bars(17));
  const drawnFor = stage.asks.map(({ ask, chords }) => [ask.index, chords.map(({ pitchClasses: [root] }) => root)]);
  assert.deepEqual(drawnFor.at(-2), [1, [2]]);
  assert.deepEqual(drawnFor.at(-1), [2, [2]]);
});

test('a preset that follows no chords plays on undisturbed', () => {
  const [told, untold] = [playing(preset, bars(2.3)), playing(preset, bars(2.3))];
  told.do(chord(1));
  for (const stage of [told, untold]) stage.playTo(bars(20));
  assert.deepEqual(told.heard, untold.heard);
  assert.equal(told.asks.length, untold.asks.length);
});

test('on the way between presets, a chord is heard in every block that follows chords, and has no other drawn again', () => {
  const counts = { followed: 0, undisturbed: 0 };
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const [from, to] = trial % 2 === 0 ? [preset, following] : [following, preset];
    const stage = playing(from, bars(random.below(6)));
    const [x, y] = [random.uniform(), random.uniform()];
    stage.do(
      [
        { kind: 'morph', morph: { kind: 'line', to, x } },
        { kind: 'morph', morph: { kind: 'square', right: to, up: from, far: to, x, y } },
        { kind: 'glide', to, bars: 1 + random.below(60) },
      ][random.below(3)] as ConductorEvent,
    );
    stage.playTo(bars(7 + random.below(160) / 4));
    const played = chord(1 + random.below(11));
    const present = Math.floor(stage.state.position / TICKS_PER_BLOCK);
    stage.do(played);
    stage.playTo(bars(80));
    for (let index = present; index < 5; index++) {
      const asks = stage.asks.filter(({ ask }) => ask.take === stage.state.take.id && ask.index === index);
      const last = asks.at(-1);
      assert.ok(last);
      if ((last.preset.decoding.follow ?? 0) > 0) {
        assert.deepEqual(last.chords.at(-1)?.pitchClasses, played.pitchClasses, `trial ${trial}, block ${index}`);
        counts.followed++;
      } else {
        assert.equal(asks.length, 1, `trial ${trial}, block ${index}`);
        counts.undisturbed++;
      }
    }
  }
  assert.ok(counts.followed > 50 && counts.undisturbed > 50);
});

test('a chord under which the notes are the same strikes nothing again', () => {
  const [told, untold] = [playing(following, bars(2.3)), playing(following, bars(2.3))];
  told.do({ kind: 'chord', pitchClasses: [0, 4] });
  for (const stage of [told, untold]) stage.playTo(bars(15));
  assert.deepEqual(told.heard, untold.heard);
  assert.ok(told.asks.length > untold.asks.length, 'it was drawn again');
});

test('played over and over, chords leave no note hanging and strike none twice', () => {
  for (let trial = 0; trial < 40; trial++) {
    const random = randomFrom(seed(trial));
    const stage = playing(following, bars(random.below(15)));
    for (let i = 0; i < 30; i++) {
      stage.drawing = random.below(300);
      stage.do(chord(random.below(12)));
      if (random.below(6) === 0) stage.do({ kind: 'next' });
      if (random.below(8) === 0) stage.do({ kind: 'jump', tick: tick(random.below(40) * 480) });
      stage.wait(random.below(3000));
    }
    stage.do({ kind: 'stop' });
    assert.equal(stage.sounding.size, 0);
  }
});
