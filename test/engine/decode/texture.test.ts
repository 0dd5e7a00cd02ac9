import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import type { Note } from '#daimon/music/note.js';
import { seed } from '#daimon/music/random.js';
import type { PianoRoll } from '#daimon/music/roll.js';
import { TICKS_PER_STEP } from '#daimon/music/units.js';
import { blurredRole, idealRole, randomNotes, randomTune } from './rolls.js';

const drawn = (of: number): PianoRoll => ({
  basePitch: 30,
  roles: [
    blurredRole(of, randomTune(of), { name: 'melody', voices: 1 }),
    blurredRole(of, randomNotes(of), { name: 'chords', voices: null }),
  ],
});
const played = (roll: PianoRoll, choices: Partial<Decoding>): readonly Note[] =>
  decode(roll, { ...DEFAULT_DECODING, ...choices }, { seed: seed(1) });
const rolls = [0, 1, 2, 3].map(drawn);
const brief = (notes: readonly Note[]): number[][] =>
  notes.map(({ onset, duration, pitch }) => [onset / TICKS_PER_STEP, duration / TICKS_PER_STEP, pitch]);

describe('monophonic', () => {
  it('of every roll is one note at a time on each channel', () => {
    for (const roll of rolls) {
      for (const split of ['off', 'roles'] as const) {
        const ends = new Map<number, number>();
        for (const { onset, duration, channel } of played(roll, { texture: 'monophonic', split })) {
          assert.ok(onset >= (ends.get(channel) ?? 0));
          ends.set(channel, onset + duration);
        }
      }
    }
  });

  it('strikes whenever something was struck: the rhythm stays', () => {
    for (const roll of rolls) {
      const onsets = (texture: Decoding['texture']) => new Set(played(roll, { texture }).map(({ onset }) => onset));
      assert.deepEqual(onsets('monophonic'), onsets('polyphonic'));
    }
  });

  it('takes the surest of those that begin together, of equals the highest, until the next begins', () => {
    const notes = [
      { row: 10, start: 0, length: 8 },
      { row: 20, start: 0, length: 8 },
      { row: 15, start: 4, length: 2 },
    ];
    const roll = { basePitch: 30, roles: [idealRole(notes)] };
    assert.deepEqual(brief(played(roll, { texture: 'monophonic' })), [
      [0, 4, 50],
      [4, 2, 45],
    ]);
    roll.roles[0].sounding.fill(0.8, 20 * 256, 20 * 256 + 8);
    assert.deepEqual(brief(played(roll, { texture: 'monophonic' }))[0], [0, 4, 40]);
  });
});

describe('chordal', () => {
  it('of every roll is notes of two pitches or more that begin and end together, one chord after another', () => {
    for (const roll of rolls) {
      const chords = new Map<number, Note[]>();
      for (const note of played(roll, { texture: 'chordal' })) {
        chords.set(note.onset, [...(chords.get(note.onset) ?? []), note]);
      }
      assert.ok(chords.size > 10);
      let end = 0;
      for (const [onset, notes] of chords) {
        assert.ok(notes.length > 1 && onset >= end);
        assert.equal(new Set(notes.map(({ duration }) => duration)).size, 1);
        end = onset + notes[0].duration;
      }
    }
  });

  it('leaves out what is struck alone, and ends a chord with its longest note or where the next begins', () => {
    const notes = [
      { row: 10, start: 0, length: 2 },
      { row: 14, start: 0, length: 4 },
      { row: 20, start: 2, length: 4 },
      { row: 11, start: 8, length: 8 },
      { row: 15, start: 8, length: 1 },
      { row: 12, start: 12, length: 2 },
      { row: 16, start: 12, length: 2 },
    ];
    assert.deepEqual(brief(played({ basePitch: 30, roles: [idealRole(notes)] }, { texture: 'chordal' })), [
      [0, 4, 40],
      [0, 4, 44],
      [8, 4, 41],
      [8, 4, 45],
      [12, 2, 42],
      [12, 2, 46],
    ]);
  });
});
