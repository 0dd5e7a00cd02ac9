import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AS_DRAWN, KEYS, moveTo, tonicOf } from '#daimon/music/key.js';
import { pitchClassOf, pitchClassSet } from '#daimon/music/pitch-class.js';
import { SCALES } from '#daimon/music/scale.js';

describe('a key', () => {
  it('is reached from C major or A minor by the nearer way, and then has its own notes', () => {
    for (const key of KEYS.filter((one) => one !== AS_DRAWN)) {
      const move = moveTo(key);
      assert.ok(move >= -6 && move <= 5, key);
      const drawn = SCALES.major.map((degree) => pitchClassOf(degree + move));
      const own = key.endsWith('major') ? SCALES.major : SCALES.minor;
      assert.deepEqual(pitchClassSet(drawn), pitchClassSet(own, tonicOf(key)), key);
    }
  });

  it('that is home moves nothing', () => {
    for (const key of [AS_DRAWN, 'C major', 'A minor'] as const) assert.equal(moveTo(key), 0);
    assert.deepEqual([moveTo('D minor'), moveTo('D major'), moveTo('Bb major'), moveTo('G minor')], [5, 2, -2, -2]);
  });

  it('is the same under both of its names', () => {
    for (const [sharp, flat] of [
      ['C# minor', 'Db minor'],
      ['F# major', 'Gb major'],
      ['A# major', 'Bb major'],
    ] as const) {
      assert.deepEqual([moveTo(sharp), tonicOf(sharp)], [moveTo(flat), tonicOf(flat)]);
    }
  });
});
