import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf, type Keys, withKey } from '#daimon/transport/played-chord.js';

const holding = (...pitches: number[]): Keys =>
  pitches.reduce<Keys>((keys, pitch) => withKey(keys, { kind: 'on', pitch }), []);

test('a chord is its pitch classes, in whatever octaves and order', () => {
  assert.deepEqual(chordOf(holding(67, 48, 64, 76)), [0, 4, 7]);
});

test('one key, or one pitch class in octaves, is no chord', () => {
  assert.equal(chordOf(holding()), null);
  assert.equal(chordOf(holding(36)), null);
  assert.equal(chordOf(holding(36, 48)), null);
});

test('a key let go is no longer of the chord, and one struck twice is held once', () => {
  const keys = withKey(holding(60, 64, 64, 67), { kind: 'off', pitch: 64 });
  assert.deepEqual(chordOf(keys), [0, 7]);
});
