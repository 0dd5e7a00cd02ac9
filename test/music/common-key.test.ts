import assert from 'node:assert/strict';
import { test } from 'node:test';
import { majorFits, majorTonic, nearestMove } from '#daimon/music/common-key.js';
import { randomFrom, seed } from '#daimon/music/random.js';

const tune = (of: number) => {
  const random = randomFrom(seed(of));
  return Array.from({ length: 1 + random.below(60) }, () => ({ pitch: 40 + random.below(40) }));
};

test('a tune moved up is in a key as much higher, and fits it as well', () => {
  for (let of = 0; of < 60; of++) {
    const notes = tune(of);
    const up = of % 12;
    const moved = notes.map(({ pitch }) => ({ pitch: pitch + up }));
    const [fits, movedFits] = [majorFits(notes), majorFits(moved)];
    fits.forEach((fit, tonic) => {
      assert.ok(Math.abs(movedFits[(tonic + up) % 12] - fit) < 1e-9);
    });
    assert.ok(Math.abs(fits[majorTonic(notes)] - Math.max(...fits)) < 1e-5);
  }
});

test('the nearest way to C is at most six semitones down or five up', () => {
  for (let tonic = 0; tonic < 12; tonic++) {
    const move = nearestMove(tonic);
    assert.equal((tonic + move + 12) % 12, 0);
    assert.ok(move >= -6 && move <= 5);
  }
});
