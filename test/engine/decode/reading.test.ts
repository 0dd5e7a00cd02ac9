import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedNotes } from '#daimon/engine/decode/expectation.js';
import { spansOfVoices } from '#daimon/engine/decode/reading.js';
import type { Span } from '#daimon/engine/decode/spans.js';
import { strikesOf } from '#daimon/engine/decode/strikes.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell, PITCHES, type RoleRoll, WHOLE } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, type GridNote, idealRole, randomNotes, randomRoll, randomTune } from './rolls.js';

const spans = ({ sounding, onset }: RoleRoll, voices: number, choices = {}): Span[] =>
  spansOfVoices(sounding, onset!, voices, { ...DEFAULT_DECODING, ...choices });
const grid = (role: RoleRoll, voices: number, choices = {}): GridNote[] =>
  spans(role, voices, choices).map(({ row, start, length }) => ({ row, start, length }));

/** A role whose rows begin with these probabilities, row by row: sounding, then onset. */
function roleOf(...rows: readonly (readonly [sounding: readonly number[], onset: readonly number[]])[]): RoleRoll {
  const role = { ...WHOLE, sounding: new Float32Array(CELLS), onset: new Float32Array(CELLS) };
  for (const [row, [sounding, onset]] of rows.entries()) {
    role.sounding.set(sounding, cell(row, 0));
    role.onset.set(onset, cell(row, 0));
  }
  return role;
}
const note = (start: number, length: number, row = 0): GridNote => ({ row, start, length });
const byRow = (notes: readonly GridNote[]): GridNote[] => notes.toSorted((a, b) => a.row - b.row || a.start - b.start);

/** Roles as models draw them, and any at all, each with the number of voices it is read as. */
function* drawn(): Generator<readonly [RoleRoll, number]> {
  for (let of = 0; of < 12; of++) {
    yield [blurredRole(of, randomTune(of)), 1];
    yield [blurredRole(of, randomNotes(of)), 4];
    yield [blurredRole(of, randomNotes(of)), PITCHES];
    yield [randomRoll(of, 2).roles[0], [1, 3, PITCHES][of % 3]];
  }
}

describe('planes of zeros and ones', () => {
  const THRESHOLDS = [0.05, 0.3, 0.5, 0.8, 0.95];

  it('are read note for note by whatever thresholds, whether the role has one voice or any number', () => {
    for (let of = 0; of < 10; of++) {
      const [tune, notes] = [randomTune(of), randomNotes(of)];
      assert.ok(tune.length > 20 && notes.length > 100);
      for (const threshold of THRESHOLDS) {
        const choices = { threshold, onsetThreshold: THRESHOLDS[of % 5], fragmentThreshold: (of % 3) / 2 };
        assert.deepEqual(grid(idealRole(tune), 1, choices), byRow(tune));
        assert.deepEqual(grid(idealRole(tune), PITCHES, choices), byRow(tune));
        assert.deepEqual(grid(idealRole(notes), PITCHES, choices), notes);
      }
    }
  });

  it('end at the block’s end what still sounds there, and carry nothing to the next pitch', () => {
    const notes = [note(254, 2), note(0, 2, 1), note(255, 1, 62), note(250, 6, 63)];
    assert.deepEqual(grid(idealRole(notes), PITCHES), notes);
  });
});

describe('whatever was drawn', () => {
  it('no note is without a strike, and none lasts past the next strike of its pitch', () => {
    for (const [role, voices] of drawn()) {
      const strikes = strikesOf(role.sounding, role.onset!, voices, DEFAULT_DECODING);
      for (const { row, start, length } of spans(role, voices)) {
        const own = strikes.subarray(cell(row, start), cell(row, start) + length);
        assert.ok(own[0] === 1 && !own.includes(1, 1) && own.length === length);
      }
    }
  });

  it('no more notes sound than there are voices', () => {
    for (const [role, voices] of drawn()) {
      const sounding = new Uint8Array(STEPS_PER_BLOCK);
      for (const { start, length } of spans(role, voices)) {
        for (let step = start; step < start + length; step++) sounding[step]++;
      }
      assert.ok(sounding.every((count) => count <= voices));
    }
  });

  it('a note ends only where all places are taken, by new notes or by those that are no less probable', () => {
    for (const [role, voices] of drawn()) {
      const places = expectedNotes(role.sounding, DEFAULT_DECODING.threshold, voices);
      const read = spans(role, voices);
      for (const { row, start, length } of read) {
        const end = start + length;
        const others = read.filter((one) => one.start <= end && end < one.start + one.length);
        if (end === STEPS_PER_BLOCK || others.some((one) => one.row === row)) continue;
        assert.ok(others.length >= places[end]);
        for (const other of others.filter((one) => one.start < end)) {
          assert.ok(role.sounding[cell(other.row, end)] >= role.sounding[cell(row, end)]);
        }
      }
    }
  });

  it('one voice sings no fewer notes by a lower onset threshold, and ends none earlier by a lower threshold', () => {
    for (let of = 0; of < 20; of++) {
      const role = blurredRole(of, randomTune(of));
      const counts = [0.8, 0.5, 0.3].map(
        (onsetThreshold) => spans(role, 1, { onsetThreshold, fragmentThreshold: 0 }).length,
      );
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      );
      const [shorter, longer] = [grid(role, 1), grid(role, 1, { threshold: 0.3 })];
      assert.equal(shorter.length, longer.length);
      for (const [i, { length }] of shorter.entries()) assert.ok(longer[i].length >= length);
    }
  });
});

describe('a note', () => {
  it('between two pitches of which the model wavers is one of them, for as long', () => {
    const wavering = roleOf([[0.3, 0.3, 0.3, 0], [0.3]], [[0.4, 0.4, 0.4, 0], [0.4]]);
    for (const voices of [1, PITCHES]) assert.deepEqual(grid(wavering, voices), [note(0, 3, 1)]);
  });

  it('goes on where the next pitch is unsure and its strike is not seen', () => {
    const unsure = roleOf([[0.9, 0.9, 0.1, 0.1], [0.9]], [[0, 0, 0.4, 0.1], []], [[0, 0, 0.4, 0.1], []]);
    for (const voices of [1, PITCHES]) assert.deepEqual(grid(unsure, voices), [note(0, 3)]);
  });

  it('of a chord whose tones are unsure goes on with the chord', () => {
    const chord = roleOf([[0.9, 0.9, 0.4], [0.9]], [[0.9, 0.9, 0.3], [0.9]], [[0.9, 0.9, 0.9], [0.9]]);
    assert.deepEqual(grid(chord, PITCHES), [note(0, 3), note(0, 2, 1), note(0, 3, 2)]);
  });

  it('begins where an onset is seen, though it sounds only after; and not where sounding rises without one', () => {
    for (const voices of [1, PITCHES]) {
      assert.deepEqual(
        grid(
          roleOf([
            [0, 0.4, 0.6, 0.6],
            [0, 0.6],
          ]),
          voices,
        ),
        [note(1, 3)],
      );
      assert.deepEqual(
        grid(
          roleOf([
            [0, 0.9, 0.9, 0],
            [0, 0.4],
          ]),
          voices,
        ),
        [],
      );
    }
  });

  it('that sounds is struck again at an onset, but not twice for one that is smeared', () => {
    const sounding = [0.9, 0.9, 0.9, 0.9];
    for (const voices of [1, PITCHES]) {
      assert.deepEqual(grid(roleOf([sounding, [0.9, 0, 0.6, 0]]), voices), [note(0, 2), note(2, 2)]);
      assert.deepEqual(grid(roleOf([sounding, [0.9, 0.6, 0, 0]]), voices), [note(0, 4)]);
      assert.deepEqual(grid(roleOf([sounding, [0.6, 0.7, 0, 0]]), voices), [note(1, 3)]);
      assert.deepEqual(grid(roleOf([sounding, [0.9, 0.85, 0, 0]]), voices), [note(0, 1), note(1, 3)]);
    }
  });

  it('of one voice ends where the next begins, whatever goes on sounding; of several voices both sound', () => {
    const two = roleOf(
      [[1, 1, 1, 0], [1]],
      [
        [0, 0, 1, 1],
        [0, 0, 1],
      ],
    );
    assert.deepEqual(grid(two, 1), [note(0, 2), note(2, 2, 1)]);
    assert.deepEqual(grid(two, PITCHES), [note(0, 3), note(2, 2, 1)]);
  });

  it('makes way where fewer notes are expected: the less probable ends, of equals the lower', () => {
    assert.deepEqual(grid(roleOf([[1, 0.6], [1]], [[1, 0.7], [1]]), PITCHES), [note(0, 1), note(0, 2, 1)]);
    assert.deepEqual(grid(roleOf([[1, 0.7], [1]], [[1, 0.6], [1]]), PITCHES), [note(0, 2), note(0, 1, 1)]);
    assert.deepEqual(grid(roleOf([[1, 0.7], [1]], [[1, 0.7], [1]]), PITCHES), [note(0, 1), note(0, 2, 1)]);
  });

  it('is as sure as its pitch sounds; of one voice as that it sings at all', () => {
    const wavering = roleOf([[0.4, 0.2], [0.3]], [[0.6, 0.4], [0.7]]);
    assert.ok(Math.abs(spans(wavering, PITCHES)[0].probability - 0.5) < 1e-6);
    assert.ok(Math.abs(spans(wavering, 1)[0].probability - 0.8) < 1e-6);
  });
});
