import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { signsOf } from '#daimon/music/mask.js';
import { seed } from '#daimon/music/random.js';
import { STEPS_PER_BLOCK, TICKS_PER_STEP } from '#daimon/music/units.js';
import { idealRoll, randomRoll } from './rolls.js';

describe('rests', () => {
  it('silence every roll on the steps that are marked, and the same ones round and round', () => {
    for (const [of, rests] of ['x...', '..x', 'x..x ..x. x..x ..xx', 'x'].entries()) {
      const notes = decode(randomRoll(of, 2), { ...DEFAULT_DECODING, rests }, { seed: seed(1) });
      assert.equal(notes.length > 0, rests !== 'x');
      const signs = signsOf(rests);
      for (const { onset, duration } of notes) {
        for (let step = onset / TICKS_PER_STEP; step < (onset + duration) / TICKS_PER_STEP; step++) {
          assert.equal(signs[step % signs.length], '.');
        }
      }
    }
  });

  it('leave all other notes as they begin, each at its pitch', () => {
    const roll = randomRoll(5, 2);
    const begins = (rests: string) =>
      decode(roll, { ...DEFAULT_DECODING, rests }, { seed: seed(1) }).map(({ onset, pitch }) => [onset, pitch]);
    assert.deepEqual(
      begins('x..'),
      begins('').filter(([onset]) => (onset / TICKS_PER_STEP) % 3 !== 0),
    );
    assert.deepEqual(begins('....'), begins(''));
  });

  it('end what sounds and do not take it up again', () => {
    const roll = idealRoll([{ row: 5, start: 0, length: STEPS_PER_BLOCK }]);
    const notes = decode(roll, { ...DEFAULT_DECODING, rests: '......x.' }, { seed: seed(1) });
    assert.deepEqual(
      notes.map(({ onset, duration }) => [onset, duration / TICKS_PER_STEP]),
      [[0, 6]],
    );
  });
});
