import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spansOfSounding } from '#daimon/engine/decode/spans.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell } from '#daimon/music/roll.js';
import { type GridNote, idealRole, randomNotes } from './rolls.js';

const grid = (sounding: Float32Array, thresholds = DEFAULT_DECODING): GridNote[] =>
  spansOfSounding(sounding, thresholds).map(({ row, start, length }) => ({ row, start, length }));

/** A plane whose row 0 begins with these probabilities. */
function rowOf(...values: readonly number[]): Float32Array {
  const cells = new Float32Array(CELLS);
  cells.set(values);
  return cells;
}
const note = (start: number, length: number): GridNote => ({ row: 0, start, length });

describe('reading a roll of which only sounding is known', () => {
  it('melts touching notes of one pitch into one, and loses nothing else', () => {
    for (let of = 0; of < 20; of++) {
      const notes = randomNotes(of);
      const melted: GridNote[] = [];
      for (const next of notes) {
        const last = melted.at(-1);
        if (last === undefined || last.row !== next.row || last.start + last.length < next.start) melted.push(next);
        else melted.splice(-1, 1, { ...last, length: last.length + next.length });
      }
      assert.ok(melted.length < notes.length);
      assert.deepEqual(grid(idealRole(notes, 1).sounding), melted);
    }
  });

  it('wants to be surer of a note of one step', () => {
    assert.deepEqual(grid(rowOf(0.7, 0, 0.9, 0)), [note(2, 1)]);
  });

  it('ends at the block’s end what still sounds there, and carries nothing to the next pitch’s first step', () => {
    const notes = [note(254, 2), { row: 1, start: 0, length: 2 }, { row: 63, start: 250, length: 6 }];
    assert.deepEqual(grid(idealRole(notes, 1).sounding), notes);
  });

  it('hears more the lower its threshold', () => {
    const roll = rowOf(0.3, 0.3, 0, 0.7, 0.7);
    assert.deepEqual(
      [0.2, 0.5, 0.8].map((threshold) => grid(roll, { ...DEFAULT_DECODING, threshold }).length),
      [2, 1, 0],
    );
  });

  it('gives each note the mean probability of its steps', () => {
    const roll = rowOf(0.6, 0.8, 1);
    assert.ok(Math.abs(spansOfSounding(roll, DEFAULT_DECODING)[0].probability - 0.8) < 1e-6);
    assert.equal(roll[cell(0, 2)], 1);
  });
});
