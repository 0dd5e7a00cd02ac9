import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pitchClassOf, pitchClassSet } from '#daimon/music/pitch-class.js';
import { degreesOf, SCALE_NAMES, SCALES } from '#daimon/music/scale.js';

describe('scales', () => {
  it('rise within an octave from their tonic', () => {
    for (const name of SCALE_NAMES) {
      const degrees = degreesOf(name);
      assert.equal(degrees[0], 0, name);
      for (const [i, degree] of degrees.entries()) assert.ok(degree > (degrees[i - 1] ?? -1) && degree < 12, name);
    }
  });

  it('the modes are the white keys from each of their tonics', () => {
    const modes = ['ionian', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'aeolian', 'locrian'] as const;
    for (const [i, mode] of modes.entries()) {
      assert.deepEqual(pitchClassSet(SCALES[mode], SCALES.major[i]), pitchClassSet(SCALES.major), mode);
    }
  });

  it('may be any list of semitones', () => {
    assert.deepEqual(degreesOf([0, 2, 3, 7, 9]), [0, 2, 3, 7, 9]);
  });

  it('have pitch classes, whatever the octave', () => {
    assert.deepEqual([-1, 0, 11, 12, 60, -13].map(pitchClassOf), [11, 0, 11, 0, 0, 11]);
  });
});
