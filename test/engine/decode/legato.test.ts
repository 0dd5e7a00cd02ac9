import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';
import { TICKS_PER_BLOCK, TICKS_PER_STEP } from '#daimon/music/units.js';
import { idealRoll, randomRoll, randomTune } from './rolls.js';

const played = (of: number, choices: object) =>
  decode(idealRoll(randomTune(of)), { ...DEFAULT_DECODING, ...choices }, { seed: seed(1) });

describe('legato', () => {
  it('whole, holds each note of every tune until the next, the last to the end', () => {
    for (let of = 0; of < 6; of++) {
      const notes = played(of, { legato: 1 });
      for (const [i, { onset, duration }] of notes.entries()) {
        assert.equal(onset + duration, notes[i + 1]?.onset ?? TICKS_PER_BLOCK);
      }
    }
  });

  it('by a part, for that part of the silence after a note', () => {
    for (let of = 0; of < 6; of++) {
      const [plain, half, whole] = [0, 0.5, 1].map((legato) => played(of, { legato }));
      for (const [i, { duration }] of half.entries()) {
        assert.equal(duration, (plain[i].duration + whole[i].duration) / 2);
      }
    }
  });

  it('shortens no note of any roll, and lets none of a pitch overlap', () => {
    for (let of = 0; of < 4; of++) {
      const notes = (legato: number) => decode(randomRoll(of, 2), { ...DEFAULT_DECODING, legato }, { seed: seed(1) });
      const [plain, held] = [notes(0), notes(1)];
      const ends = new Map<number, number>();
      for (const [i, { onset, duration, pitch }] of held.entries()) {
        assert.ok(duration >= plain[i].duration && onset === plain[i].onset);
        assert.ok(onset >= (ends.get(pitch) ?? 0));
        ends.set(pitch, onset + duration);
      }
    }
  });

  it('is held to the gate: the two make any touch', () => {
    const [{ duration: whole }] = played(1, { legato: 1 });
    assert.equal(played(1, { legato: 1, gate: 0.5 })[0].duration, whole / 2);
    assert.equal(whole % TICKS_PER_STEP, 0);
  });
});
