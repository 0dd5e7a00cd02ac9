import assert from 'node:assert/strict';
import { test } from 'node:test';
import { step } from '#daimon/music/units.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { transpositions } from '#daimon/training/corpus/key.js';

const melody = (...pitches: readonly number[]): GridNote[] =>
  pitches.map((pitch, i) => ({ onset: step(i), end: step(i + 1), pitch }));

const C_MAJOR = [60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60];

test('every major key goes to C by the nearest way, at most six semitones down or five up', () => {
  for (let up = 0; up < 12; up++) {
    const [move] = transpositions('common', melody(...C_MAJOR.map((pitch) => pitch + up)));
    assert.equal(move, up <= 6 ? 0 - up : 12 - up);
  }
});

test('a minor song goes with its relative major', () => {
  const eMinor = melody(64, 66, 67, 69, 71, 72, 74, 76, 71, 67, 64);
  assert.deepEqual(transpositions('common', eMinor), [5]);
});

test('between scales that hold all notes, the one with the heavier triad is the key', () => {
  // without the seventh degree, F major and C major both hold these
  assert.deepEqual(transpositions('common', melody(60, 62, 64, 65, 67, 69, 60, 64, 67)), [0]);
  assert.deepEqual(transpositions('common', melody(60, 62, 64, 65, 67, 69, 65, 69, 60)), [-5]);
});

test('as written moves nothing, and all gives each key once', () => {
  assert.deepEqual(transpositions('as-written', melody(61)), [0]);
  const all = transpositions('all', melody(61));
  assert.equal(new Set(all.map((move) => (move + 12) % 12)).size, 12);
});
