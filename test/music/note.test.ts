import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byOnset, type Note } from '#daimon/music/note.js';
import { CELLS, cell, PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK, tick } from '#daimon/music/units.js';

const note = (onset: number, pitch: number, channel = 0): Note => ({
  onset: tick(onset),
  duration: tick(120),
  pitch,
  velocity: 90,
  channel,
});

describe('notes and rolls', () => {
  it('notes are ordered by onset, a chord from its lowest note, a unison by channel', () => {
    const sorted = [note(0, 60), note(0, 64), note(0, 64, 1), note(120, 40)];
    assert.deepEqual([sorted[2]!, sorted[3]!, sorted[1]!, sorted[0]!].sort(byOnset), sorted);
  });

  it('every pitch and step of a roll has a cell of its own, a row lying in one piece', () => {
    const cells = new Set<number>();
    for (let row = 0; row < PITCHES; row++) for (let s = 0; s < STEPS_PER_BLOCK; s++) cells.add(cell(row, s));
    assert.equal(cells.size, CELLS);
    assert.equal(Math.max(...cells), CELLS - 1);
    assert.equal(cell(5, 7) - cell(5, 6), 1);
  });
});
