import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spansOf } from '#daimon/engine/decode/spans.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell, type RoleRoll, WHOLE } from '#daimon/music/roll.js';
import { type GridNote, idealRole, randomNotes } from './rolls.js';

const grid = (roll: RoleRoll, thresholds = DEFAULT_DECODING): GridNote[] =>
  spansOf(roll, thresholds).map(({ row, start, length }) => ({ row, start, length }));

/** A role whose row 0 begins with these probabilities. */
function rowOf(sounding: readonly number[], onset: readonly number[] | null): RoleRoll {
  const plane = (values: readonly number[]): Float32Array => {
    const cells = new Float32Array(CELLS);
    cells.set(values);
    return cells;
  };
  return { ...WHOLE, sounding: plane(sounding), onset: onset === null ? null : plane(onset) };
}
const note = (start: number, length: number): GridNote => ({ row: 0, start, length });

describe('reading a roll', () => {
  it('gives back the notes that an ideal roll was made from, struck again or not', () => {
    for (let of = 0; of < 20; of++) {
      const notes = randomNotes(of);
      assert.ok(notes.length > 100);
      assert.deepEqual(grid(idealRole(notes)), notes);
    }
  });

  it('melts touching notes of one pitch into one where there is no onset plane, and loses nothing else', () => {
    for (let of = 0; of < 20; of++) {
      const notes = randomNotes(of);
      const melted: GridNote[] = [];
      for (const next of notes) {
        const last = melted.at(-1);
        if (last === undefined || last.row !== next.row || last.start + last.length < next.start) melted.push(next);
        else melted.splice(-1, 1, { ...last, length: last.length + next.length });
      }
      assert.ok(melted.length < notes.length);
      assert.deepEqual(grid(idealRole(notes, 1)), melted);
    }
  });

  it('begins a note where sounding rises, though no onset is seen', () => {
    assert.deepEqual(grid(rowOf([0, 0.6, 0.6, 0], [0, 0.4, 0, 0])), [note(1, 2)]);
  });

  it('begins a note where an onset is seen, though it sounds only after', () => {
    assert.deepEqual(grid(rowOf([0, 0.4, 0.6, 0.6], [0, 0.6, 0, 0])), [note(1, 3)]);
  });

  it('strikes a sounding note again at an onset', () => {
    assert.deepEqual(grid(rowOf([0.9, 0.9, 0.9, 0.9], [0.9, 0, 0.6, 0])), [note(0, 2), note(2, 2)]);
  });

  it('wants a surer onset of a note of one step', () => {
    assert.deepEqual(grid(rowOf([0.9, 0, 0.9, 0], [0.7, 0, 0.9, 0])), [note(2, 1)]);
    assert.deepEqual(grid(rowOf([0.7, 0, 0.9, 0], null)), [note(2, 1)]);
  });

  it('ends at the block’s end what still sounds there', () => {
    const roll = idealRole([{ row: 63, start: 250, length: 6 }]);
    assert.deepEqual(grid(roll), [{ row: 63, start: 250, length: 6 }]);
    assert.deepEqual(grid(idealRole([{ row: 62, start: 255, length: 1 }])), [{ row: 62, start: 255, length: 1 }]);
  });

  it('does not carry a note from one pitch’s last step to the next pitch’s first', () => {
    const notes = [note(254, 2), { row: 1, start: 0, length: 2 }];
    assert.deepEqual(grid(idealRole(notes, 1)), notes);
  });

  it('hears more the lower its thresholds', () => {
    const roll = rowOf([0.3, 0.3, 0, 0.7, 0.7], [0.3, 0, 0, 0.7, 0]);
    const counts = [0.2, 0.5, 0.8].map(
      (t) => grid(roll, { ...DEFAULT_DECODING, threshold: t, onsetThreshold: t }).length,
    );
    assert.deepEqual(counts, [2, 1, 0]);
  });

  it('gives each note the mean probability of its steps', () => {
    const roll = rowOf([0.6, 0.8, 1], [1, 0, 0]);
    assert.ok(Math.abs(spansOf(roll, DEFAULT_DECODING)[0].probability - 0.8) < 1e-6);
    assert.equal(roll.sounding[cell(0, 2)], 1);
  });
});
