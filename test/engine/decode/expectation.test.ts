import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedCounts, expectedNotes } from '#daimon/engine/decode/expectation.js';
import { CELLS, cell, PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, idealRole, randomNotes } from './rolls.js';

/** What a first step with these probabilities lets expect. */
function expected(values: readonly number[], threshold: number): number {
  const plane = new Float32Array(CELLS);
  for (const [row, value] of values.entries()) plane[cell(row, 0)] = value;
  return expectedCounts(plane, threshold)[0];
}

describe('the expected number of notes', () => {
  it('is what a step’s probabilities sum to', () => {
    assert.ok(Math.abs(expected([0.3, 0.4, 0.9], 0.5) - 1.6) < 1e-6);
    const { sounding } = blurredRole(1, randomNotes(1));
    for (const [step, count] of expectedCounts(sounding).entries()) {
      let sum = 0;
      for (let row = 0; row < PITCHES; row++) sum += sounding[cell(row, step)];
      assert.ok(Math.abs(count - sum) < 1e-9);
    }
  });

  it('takes a probability at the threshold for half a note', () => {
    for (const t of [0.0625, 0.25, 0.5, 0.75]) assert.equal(expected([t, t, t], t), 1.5);
  });

  it('is never less by a lower threshold', () => {
    for (let of = 0; of < 10; of++) {
      const { sounding } = blurredRole(of, randomNotes(of));
      const [more, middle, few] = [0.2, 0.5, 0.8].map((threshold) => expectedCounts(sounding, threshold));
      for (let step = 0; step < STEPS_PER_BLOCK; step++) {
        assert.ok(more[step] >= middle[step] && middle[step] >= few[step]);
      }
    }
  });

  it('of zeros and ones is the number of ones, by whatever threshold', () => {
    const { sounding } = idealRole(randomNotes(3));
    const ones = [...expectedCounts(sounding)];
    for (const threshold of [0.05, 0.3, 0.7, 0.95]) {
      assert.deepEqual([...expectedCounts(sounding, threshold)], ones);
      assert.deepEqual([...expectedNotes(sounding, threshold, 64)], ones);
    }
  });

  it('as whole notes is rounded, halves up, and never above the voices there are', () => {
    const plane = new Float32Array(CELLS);
    plane.set([0.25, 0.5, 1, 1], cell(3, 0));
    plane.set([0.125, 0, 0.5, 1], cell(9, 0));
    assert.deepEqual([...expectedNotes(plane, 0.5, 64).subarray(0, 5)], [0, 1, 2, 2, 0]);
    assert.deepEqual([...expectedNotes(plane, 0.5, 1).subarray(0, 5)], [0, 1, 1, 1, 0]);
  });
});
