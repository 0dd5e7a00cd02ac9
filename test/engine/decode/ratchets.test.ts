import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { ratcheted, strikesBy } from '#daimon/engine/decode/ratchets.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';
import { TICKS_PER_STEP } from '#daimon/music/units.js';
import { idealRoll, randomRoll } from './rolls.js';

describe('ratchets', () => {
  it('strike as often as the mask says, within the step, and fill the note from end to end', () => {
    for (let strikes = 1; strikes <= 8; strikes++) {
      for (const ticks of [120, 240, 1000]) {
        const pieces = ratcheted(ticks, strikes);
        assert.equal(pieces.length, strikes);
        let at = 0;
        for (const { after, ticks: length } of pieces) {
          assert.equal(after, at);
          assert.ok(after < TICKS_PER_STEP && length >= 15 && Number.isInteger(length));
          at += length;
        }
        assert.equal(at, ticks);
      }
    }
  });

  it('read their mask round and round; a point is one strike, and so is no mask', () => {
    assert.deepEqual([0, 1, 2, 3, 4].map(strikesBy('.2 4')), [1, 2, 4, 1, 2]);
    assert.deepEqual([0, 100].map(strikesBy('')), [1, 1]);
  });

  it('of a long note are a roll into it', () => {
    const roll = idealRoll([{ row: 5, start: 4, length: 4 }]);
    const notes = decode(roll, { ...DEFAULT_DECODING, ratchets: '.... 3' }, { seed: seed(1) });
    assert.deepEqual(
      notes.map(({ onset, duration, pitch }) => [onset, duration, pitch]),
      [
        [480, 40, 35],
        [520, 40, 35],
        [560, 400, 35],
      ],
    );
  });

  it('of every roll add strikes to the notes on their steps, and change no other', () => {
    for (let of = 0; of < 3; of++) {
      const notes = (ratchets: string) =>
        decode(randomRoll(of, 2), { ...DEFAULT_DECODING, ratchets }, { seed: seed(1) });
      const [plain, struck] = [notes(''), notes('..2.')];
      const onMask = ({ onset }: { readonly onset: number }): boolean => Math.floor(onset / TICKS_PER_STEP) % 4 === 2;
      assert.deepEqual(
        struck.filter((note) => !onMask(note)),
        plain.filter((note) => !onMask(note)),
      );
      assert.equal(struck.filter(onMask).length, 2 * plain.filter(onMask).length);
    }
  });
});
