import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';
import { WHOLE } from '#daimon/music/roll.js';
import { idealRole, randomRoll } from './rolls.js';

describe('parts', () => {
  it('of every roll: nothing above the top voice when it begins, nothing below the bass', () => {
    for (let index = 0; index < 4; index++) {
      const played = (split: 'off' | 'parts') =>
        decode(randomRoll(index, 2, [WHOLE, WHOLE]), { ...DEFAULT_DECODING, split, voices: 5 }, { seed: seed(1) });
      const [joined, notes] = [played('off'), played('parts')];
      assert.ok(notes.length > 50);
      const same = (list: typeof notes) => list.map(({ onset, pitch }) => `${onset} ${pitch}`).sort();
      assert.deepEqual(same(notes), same(joined));
      for (const { onset, pitch, channel } of notes) {
        const beside = notes.filter((one) => one.onset <= onset && onset < one.onset + one.duration);
        if (channel === 0) assert.ok(beside.every((one) => one.pitch <= pitch));
        if (channel === 2) assert.ok(beside.every((one) => one.pitch >= pitch));
      }
    }
  });

  it('are a melody, chords and a bass, to the ear', () => {
    const role = idealRole([
      { row: 10, start: 0, length: 16 },
      { row: 22, start: 0, length: 8 },
      { row: 26, start: 0, length: 8 },
      { row: 40, start: 2, length: 4 },
      { row: 24, start: 8, length: 2 },
      { row: 30, start: 32, length: 2 },
      { row: 12, start: 36, length: 2 },
    ]);
    const notes = decode({ basePitch: 30, roles: [role] }, { ...DEFAULT_DECODING, split: 'parts' }, { seed: seed(1) });
    assert.deepEqual(
      notes.map(({ pitch, channel }) => [pitch, channel + 1]),
      [
        [40, 3],
        [52, 2],
        [56, 1],
        [70, 1],
        [54, 1],
        [60, 1],
        [42, 3],
      ],
    );
  });
});
