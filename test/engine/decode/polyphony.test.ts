import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spansOfVoices } from '#daimon/engine/decode/polyphony.js';
import type { Span } from '#daimon/engine/decode/spans.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell, type RoleRoll, WHOLE } from '#daimon/music/roll.js';
import { blurredRole, type GridNote, idealRole, randomNotes } from './rolls.js';

const spans = ({ sounding, onset }: RoleRoll, choices = {}): Span[] =>
  spansOfVoices(sounding, onset!, { ...DEFAULT_DECODING, ...choices });
const grid = (role: RoleRoll, choices = {}): GridNote[] =>
  spans(role, choices).map(({ row, start, length }) => ({ row, start, length }));

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

describe('many voices', () => {
  it('give back the notes that an ideal roll was made from, struck again or not', () => {
    for (let of = 0; of < 20; of++) {
      const notes = randomNotes(of);
      assert.ok(notes.length > 100);
      for (const fragmentThreshold of [0, 0.8, 0.99])
        assert.deepEqual(grid(idealRole(notes), { fragmentThreshold }), notes);
      assert.deepEqual(grid(idealRole(notes), { threshold: 0.05, onsetThreshold: 0.05 }), notes);
    }
  });

  it('play one of two pitches between which the model wavers, for as long', () => {
    const wavering = roleOf([[0.3, 0.3, 0.3, 0], [0.3]], [[0.4, 0.4, 0.4, 0], [0.4]]);
    assert.deepEqual(grid(wavering), [note(0, 3, 1)]);
  });

  it('begin a note where an onset is seen, though it sounds only after', () => {
    assert.deepEqual(
      grid(
        roleOf([
          [0, 0.4, 0.6, 0.6],
          [0, 0.6],
        ]),
      ),
      [note(1, 3)],
    );
  });

  it('begin none where sounding rises and no onset is expected', () => {
    assert.deepEqual(
      grid(
        roleOf([
          [0, 0.9, 0.9, 0],
          [0, 0.4],
        ]),
      ),
      [],
    );
  });

  it('strike a sounding note again at an onset, but not twice for one that is smeared', () => {
    const sounding = [0.9, 0.9, 0.9, 0.9];
    assert.deepEqual(grid(roleOf([sounding, [0.9, 0, 0.6, 0]])), [note(0, 2), note(2, 2)]);
    assert.deepEqual(grid(roleOf([sounding, [0.9, 0.6, 0, 0]])), [note(0, 4)]);
    assert.deepEqual(grid(roleOf([sounding, [0.9, 0.85, 0, 0]])), [note(0, 1), note(1, 3)]);
  });

  it('want a surer onset of a note of one step', () => {
    assert.deepEqual(
      grid(
        roleOf([
          [0.9, 0, 0.9, 0],
          [0.7, 0, 0.9, 0],
        ]),
      ),
      [note(2, 1)],
    );
  });

  it('end at the block’s end what still sounds there, and carry nothing to the next pitch', () => {
    const notes = [note(254, 2), note(0, 2, 1), note(255, 1, 62), note(250, 6, 63)];
    assert.deepEqual(grid(idealRole(notes)), notes);
  });

  it('without fragments begin no fewer notes by a lower onset threshold, and end none earlier by a lower threshold', () => {
    for (let of = 0; of < 20; of++) {
      const role = blurredRole(of, randomNotes(of));
      const counts = [0.7, 0.5, 0.3].map(
        (onsetThreshold) => spans(role, { onsetThreshold, fragmentThreshold: 0 }).length,
      );
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      );
      const longer = new Map(spans(role, { threshold: 0.3 }).map((one) => [cell(one.row, one.start), one.length]));
      for (const one of spans(role)) assert.ok(longer.get(cell(one.row, one.start))! >= one.length);
    }
  });

  it('give each note the mean probability of its steps', () => {
    assert.ok(Math.abs(spans(roleOf([[0.6, 0.8, 1], [1]]))[0].probability - 0.8) < 1e-6);
  });
});
