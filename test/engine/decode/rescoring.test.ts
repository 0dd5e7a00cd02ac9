import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { preferenceOf, shiftOf } from '#daimon/engine/decode/preference.js';
import { spansOfVoices } from '#daimon/engine/decode/reading.js';
import { rescored } from '#daimon/engine/decode/rescoring.js';
import { type Chord, chordOver } from '#daimon/music/chord.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { tonicOf } from '#daimon/music/key.js';
import { pitchClassOf, pitchClassSet } from '#daimon/music/pitch-class.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { cell, PITCHES, type RoleRoll, WHOLE } from '#daimon/music/roll.js';
import { degreesOf } from '#daimon/music/scale.js';
import { step } from '#daimon/music/units.js';
import { randomChords } from './choices.js';
import { blurredRole, idealRole, randomNotes, randomRoll, randomTune } from './rolls.js';

const C_MAJOR: Chord = { step: step(0), pitchClasses: [0, 4, 7] };
const SCALES = ['dorian', 'minor pentatonic', 'whole tone', [0], [0, 2, 3, 7, 9]] as const;

/** A role as it is read, and with its pitches chosen anew. */
function chosen(role: RoleRoll, choices: Partial<Decoding>, chords: readonly Chord[] = []) {
  const decoding = { ...DEFAULT_DECODING, ...choices };
  const read = spansOfVoices(role.sounding, role.onset!, role.voices ?? PITCHES, decoding);
  const shift = 30 + shiftOf(decoding);
  return { read, shift, spans: rescored(read, role, preferenceOf(decoding, chords)!, shift) };
}

/** Roles of one voice and of any number, as models draw them. */
const roles: readonly RoleRoll[] = Array.from({ length: 6 }, (_, of) =>
  of % 2 === 0 ? blurredRole(of, randomTune(of), { ...WHOLE, voices: 1 }) : blurredRole(of, randomNotes(of)),
);

describe('pitches chosen anew', () => {
  it('of every roll are of the scale, whatever the key, the octave and what is added', () => {
    for (let of = 0; of < 10; of++) {
      const scale = SCALES[of % SCALES.length];
      const key = (['as drawn', 'D minor', 'F# major'] as const)[of % 3];
      const choices = { scale, key, transpose: of - 5, octave: (of % 3) - 1 } as const;
      const notes = decode(randomRoll(of, 2), { ...DEFAULT_DECODING, ...choices }, { seed: seed(of) });
      const set = pitchClassSet(degreesOf(scale), tonicOf(key));
      assert.ok(notes.length > 0);
      for (const { pitch } of notes) assert.equal(set[pitchClassOf(pitch)], 1);
    }
  });

  it('that follow wholly are tones of the chord that holds for most of the note', () => {
    const random = randomFrom(seed(5));
    for (const role of roles) {
      const chords = randomChords(random);
      const { spans, shift } = chosen(role, { follow: 1, scale: 'major' }, chords);
      for (const { row, start, length } of spans) {
        const tones = chordOver(chords, start, length)?.pitchClasses ?? [];
        const allowed = tones.length > 0 ? tones : degreesOf('major');
        assert.ok(allowed.includes(pitchClassOf(row + shift)));
      }
    }
  });

  it('come when they came and last as long: a role of one voice keeps each note', () => {
    for (const role of roles) {
      const { read, spans } = chosen(role, { follow: 1 }, [C_MAJOR]);
      const times = (list: typeof read) => list.map(({ start, length }) => start * 1000 + length).sort((a, b) => a - b);
      if (role.voices === 1) assert.deepEqual(times([...spans]), times(read));
      const before = new Set(times(read));
      for (const time of times([...spans])) assert.ok(before.has(time));
    }
  });

  it('lie within an octave of where they were', () => {
    for (const role of roles.filter(({ voices }) => voices === 1)) {
      const { read, spans } = chosen(role, { follow: 1 }, [C_MAJOR]);
      const rows = new Map(read.map(({ start, row }) => [start, row]));
      for (const { start, row } of spans) assert.ok(Math.abs(row - rows.get(start)!) <= 12);
    }
  });

  it('never fall together on one key at once', () => {
    for (const role of roles) {
      const { spans } = chosen(role, { follow: 1 }, [C_MAJOR]);
      const struck = new Set(spans.map(({ row, start }) => cell(row, start)));
      assert.equal(struck.size, spans.length);
    }
  });

  it('stay where they are right already', () => {
    const tones = pitchClassSet(C_MAJOR.pitchClasses);
    for (const role of roles) {
      const { read, spans, shift } = chosen(role, { follow: 0.9 }, [C_MAJOR]);
      const right = read.filter(({ row }) => tones[pitchClassOf(row + shift)] === 1);
      assert.ok(right.length > 5);
      for (const span of right) assert.ok(spans.includes(span));
      assert.deepEqual(new Set(chosen(role, { scale: degreesOf('chromatic') }).spans), new Set(read));
    }
  });

  it('are those that the roll itself holds likeliest, not the nearest', () => {
    // F sounds, over C major; the model also thought of G, two above, more than of E, one below
    const role = idealRole([{ row: 35, start: 0, length: 4 }]);
    role.sounding.fill(0.4, cell(37, 0), cell(37, 4));
    role.onset![cell(37, 0)] = 0.4;
    role.sounding.fill(0.1, cell(34, 0), cell(34, 4));
    assert.deepEqual(
      chosen(role, { follow: 1 }, [C_MAJOR]).spans.map(({ row }) => row + 30),
      [67],
    );
    assert.deepEqual(
      chosen(idealRole([{ row: 35, start: 0, length: 4 }]), { follow: 1 }, [C_MAJOR]).spans.map(({ row }) => row + 30),
      [64],
    );
  });

  it('by a weak following move where the model is in doubt, by a strong one also where it is sure', () => {
    const role = idealRole([
      { row: 35, start: 0, length: 8 },
      { row: 35, start: 16, length: 8 },
    ]);
    role.sounding.fill(0.45, cell(35, 0), cell(35, 8));
    role.sounding.fill(0.4, cell(34, 0), cell(34, 8));
    role.onset![cell(35, 0)] = 0.45;
    role.onset![cell(34, 0)] = 0.4;
    const pitches = (follow: number) =>
      [...chosen({ ...role, voices: 1 }, { follow }, [C_MAJOR]).spans]
        .sort((a, b) => a.start - b.start)
        .map(({ row }) => row + 30);
    assert.deepEqual(pitches(0.01), [65, 65]);
    assert.deepEqual(pitches(0.4), [64, 65]);
    assert.deepEqual(pitches(1), [64, 64]);
  });
});
