import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { channelOf, inRange, registerOf } from '#daimon/engine/decode/placing.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { pitchClassOf } from '#daimon/music/pitch-class.js';
import { seed } from '#daimon/music/random.js';
import { WHOLE } from '#daimon/music/roll.js';
import { randomRoll } from './rolls.js';

const played = (of: number, choices: Partial<Decoding>) =>
  decode(randomRoll(of, 2, [WHOLE, WHOLE, WHOLE]), { ...DEFAULT_DECODING, ...choices }, { seed: seed(of) });

describe('a range', () => {
  const folding = (lowest: number, highest: number): Decoding => ({
    ...DEFAULT_DECODING,
    lowest,
    highest,
    outside: 'fold',
  });

  it('of an octave or more takes every pitch, by octaves, and those inside as they are', () => {
    for (const [lowest, highest] of [
      [60, 71],
      [0, 11],
      [36, 127],
    ]) {
      for (let pitch = -40; pitch < 180; pitch++) {
        const found = inRange(pitch, folding(lowest, highest))!;
        assert.ok(found >= lowest && found <= highest);
        assert.equal(pitchClassOf(found), pitchClassOf(pitch));
        if (pitch >= lowest && pitch <= highest) assert.equal(found, pitch);
      }
    }
  });

  it('takes a pitch by as few octaves as will do', () => {
    assert.deepEqual(
      [30, 47, 85, 100].map((pitch) => inRange(pitch, folding(48, 84))),
      [54, 59, 73, 76],
    );
  });

  it('narrower than an octave leaves out what has no place in it, and without folding all that is outside', () => {
    assert.deepEqual(
      [59, 60, 61, 64, 72, 77].map((pitch) => inRange(pitch, folding(60, 64))),
      [null, 60, 61, 64, 60, null],
    );
    const leaving = { ...folding(60, 64), outside: 'leave out' } as const;
    assert.deepEqual(
      [59, 60, 64, 72].map((pitch) => inRange(pitch, leaving)),
      [null, 60, 64, null],
    );
  });
});

describe('channels', () => {
  const of = (choices: Partial<Decoding>): number[] =>
    [0, 1, 2, 3].map((place) => 1 + channelOf(place, { ...DEFAULT_DECODING, ...choices }));

  it('are the one that is named, or from it on, those past 16 on 16', () => {
    assert.deepEqual(of({ channel: 5 }), [5, 5, 5, 5]);
    assert.deepEqual(of({ channel: 5, split: 'roles' }), [5, 6, 7, 8]);
    assert.deepEqual(of({ channel: 15, split: 'roles' }), [15, 16, 16, 16]);
  });

  it('are those of the list, as far as it goes', () => {
    assert.deepEqual(of({ channels: [1, 2, 10] }), [1, 2, 10, 1]);
    assert.deepEqual(of({ channels: [9], split: 'roles', channel: 3 }), [9, 4, 5, 6]);
  });

  it('of every roll are the list’s, a role on each', () => {
    const heard = new Set(played(1, { channels: [3, 12, 7] }).map(({ channel }) => channel + 1));
    assert.deepEqual(heard, new Set([3, 12, 7]));
  });

  it('of registers go by pitch, the highest first, in whatever order the borders are named', () => {
    for (const splitAt of [
      [52, 67],
      [67, 52],
    ]) {
      assert.deepEqual(
        [80, 67, 66, 52, 51, 0].map((pitch) => registerOf(pitch, splitAt)),
        [0, 0, 1, 1, 2, 2],
      );
    }
    for (const { pitch, channel } of played(2, { split: 'registers', splitAt: [60], channels: [4, 8] })) {
      assert.equal(channel + 1, pitch >= 60 ? 4 : 8);
    }
  });
});
