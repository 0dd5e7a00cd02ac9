import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { thresholdsFor } from '#daimon/engine/decode/density.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';
import { cell, type PianoRoll } from '#daimon/music/roll.js';
import { BARS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, idealRoll, randomNotes, randomRoll, randomTune } from './rolls.js';

const drawn = (of: number): PianoRoll => ({
  basePitch: 30,
  roles: [
    blurredRole(of, randomTune(of), { name: 'melody', voices: 1 }),
    blurredRole(of, randomNotes(of), { name: 'chords', voices: null }),
  ],
});
const notesOf = (roll: PianoRoll, choices: object): number =>
  decode(roll, { ...DEFAULT_DECODING, ...choices }, { seed: seed(1) }).length;

describe('a density', () => {
  it('is met to the note by every roll that has so many', () => {
    for (let of = 0; of < 6; of++) {
      const roll = drawn(of);
      const most = notesOf(roll, { onsetThreshold: 0.05 });
      for (const density of [0.25, 2, 8, 24, 40]) {
        assert.ok(density * BARS_PER_BLOCK < most);
        assert.equal(notesOf(roll, { density }), density * BARS_PER_BLOCK);
      }
    }
  });

  it('counts the notes that sound: within the range, after the voices, before chance and rests', () => {
    const roll = drawn(7);
    const limits = { lowest: 50, highest: 80, voices: 4, density: 8 };
    const whole = notesOf(roll, limits);
    assert.equal(whole, 8 * BARS_PER_BLOCK);
    assert.ok(notesOf(roll, { ...limits, chance: 0.5 }) < 0.7 * whole);
    assert.ok(notesOf(roll, { ...limits, rests: 'x.' }) < whole);
  });

  it('moves the onset threshold, or where there are no onsets the threshold', () => {
    const thresholds = { threshold: 0.5, onsetThreshold: 0.5, fragmentThreshold: 0.8 };
    const linear = (at: number): number => 640 * (1 - at);
    const onsets = thresholdsFor(10, thresholds, true, ({ onsetThreshold }) => linear(onsetThreshold));
    assert.deepEqual(onsets, { ...thresholds, onsetThreshold: 0.75 });
    const single = thresholdsFor(10, thresholds, false, ({ threshold }) => linear(threshold));
    assert.deepEqual(single, { ...thresholds, threshold: 0.75 });
    for (const density of [4, 20]) assert.equal(notesOf(randomRoll(1, 1), { density }), density * BARS_PER_BLOCK);
  });

  it('of 0 is none: the very thresholds, and nothing counted', () => {
    const thresholds = { threshold: 0.5, onsetThreshold: 0.5, fragmentThreshold: 0.8 };
    assert.equal(
      thresholdsFor(0, thresholds, true, () => assert.fail()),
      thresholds,
    );
  });

  it('leaves out what the model is less sure of, and what is off the beat', () => {
    const lengths = [1, 1, 1, 1].map((length, i) => ({ row: 10 + i, start: 16 * i + (i % 2), length }));
    const roll = idealRoll(lengths);
    roll.roles[0].sounding[cell(12, 32)] = 0.4;
    const heard = decode(roll, { ...DEFAULT_DECODING, density: 1 / 16 }, { seed: seed(1) });
    assert.deepEqual(
      heard.map(({ pitch }) => pitch),
      [40],
    );
  });

  it('beyond reach is come as near to as can be', () => {
    const thresholds = { threshold: 0.5, onsetThreshold: 0.5, fragmentThreshold: 0.8 };
    const { onsetThreshold } = thresholdsFor(64, thresholds, true, (one) => 100 * (1 - one.onsetThreshold));
    assert.ok(onsetThreshold < 0.001);
  });
});
