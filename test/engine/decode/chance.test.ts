import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import type { Note } from '#daimon/music/note.js';
import { seed } from '#daimon/music/random.js';
import { idealRoll, randomNotes, randomRoll } from './rolls.js';

const roll = idealRoll(randomNotes(4));
const played = (choices: Partial<Decoding>, of = 1): readonly Note[] =>
  decode(roll, { ...DEFAULT_DECODING, ...choices }, { seed: seed(of) });
const keysOf = (notes: readonly Note[], shift = 0) => notes.map(({ onset, pitch }) => `${onset} ${pitch - shift}`);

describe('chance', () => {
  it('plays about its share of the notes, all by 1 and none by 0', () => {
    const all = played({}).length;
    for (const chance of [0.2, 0.5, 0.8]) {
      // four standard deviations of a binomial count
      const spread = 4 * Math.sqrt(all * chance * (1 - chance));
      assert.ok(Math.abs(played({ chance }).length - all * chance) < spread, `${chance}`);
    }
    assert.equal(played({ chance: 0 }).length, 0);
  });

  it('falls alike each time by the same seed, and otherwise by another', () => {
    assert.deepEqual(played({ chance: 0.5 }), played({ chance: 0.5 }));
    assert.notDeepEqual(keysOf(played({ chance: 0.5 })), keysOf(played({ chance: 0.5 }, 2)));
  });

  it('of every roll plays by less what it plays by more', () => {
    for (let of = 0; of < 5; of++) {
      const any = randomRoll(of, 2);
      const notes = (chance: number) => keysOf(decode(any, { ...DEFAULT_DECODING, chance }, { seed: seed(of) }));
      const [few, many] = [notes(0.3), new Set(notes(0.7))];
      assert.ok(few.length > 0 && few.every((key) => many.has(key)));
    }
  });

  it('falls on the same notes in whatever key, octave and on whatever channel they are heard', () => {
    const plain = keysOf(played({ chance: 0.5 }));
    assert.deepEqual(keysOf(played({ chance: 0.5, key: 'D major', octave: 1, channels: [7] }), 14), plain);
  });
});
