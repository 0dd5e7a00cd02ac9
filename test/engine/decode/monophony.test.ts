import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { oneAtATime } from '#daimon/engine/decode/monophony.js';
import { type Span, spansOf } from '#daimon/engine/decode/spans.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { randomRoll } from './rolls.js';

const span = (row: number, start: number, length: number, probability = 0.9): Span => ({
  row,
  start,
  length,
  probability,
});

describe('one voice', () => {
  it('ends each note where the next begins', () => {
    assert.deepEqual(oneAtATime([span(5, 0, 8), span(9, 4, 8), span(7, 20, 2)]), [
      span(5, 0, 4),
      span(9, 4, 8),
      span(7, 20, 2),
    ]);
  });

  it('of notes that begin together keeps the most probable, of equals the highest', () => {
    assert.deepEqual(oneAtATime([span(5, 0, 8, 0.95), span(9, 0, 8)]), [span(5, 0, 8, 0.95)]);
    assert.deepEqual(oneAtATime([span(5, 0, 8), span(9, 0, 4)]), [span(9, 0, 4)]);
  });

  it('sings what has no overlaps as it is', () => {
    const tune = [span(5, 0, 4), span(9, 4, 4), span(9, 8, 248)];
    assert.deepEqual(oneAtATime(tune), tune);
  });

  it('never has two notes on a step, whatever was drawn', () => {
    for (let of = 0; of < 20; of++) {
      const sung = oneAtATime(spansOf(randomRoll(of, 2).roles[0], DEFAULT_DECODING));
      const sounding = new Uint8Array(STEPS_PER_BLOCK);
      for (const { start, length } of sung) for (let step = start; step < start + length; step++) sounding[step]++;
      assert.ok(sounding.every((count) => count <= 1));
      assert.ok(sung.every(({ length }) => length >= 1));
    }
  });
});
