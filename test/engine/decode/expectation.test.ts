import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedCounts, joinSmears, mostProbable } from '#daimon/engine/decode/expectation.js';
import { CELLS, cell, PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, idealRole, randomNotes, randomRoll } from './rolls.js';

/** The rows taken on step 0 of a plane whose column 0 begins with these, from the lowest pitch. */
function takenOf(values: readonly number[], threshold = 0.5): number[] {
  const plane = new Float32Array(CELLS);
  for (const [row, value] of values.entries()) plane[cell(row, 0)] = value;
  const taken = mostProbable(plane, threshold);
  return values.flatMap((_, row) => (taken[cell(row, 0)] === 1 ? [row] : []));
}

function* blurredPlanes(): Generator<Float32Array> {
  for (let of = 0; of < 20; of++) {
    yield blurredRole(of, randomNotes(of)).onset!;
    yield randomRoll(of, 1).roles[0].sounding;
  }
}

describe('the expected number of notes', () => {
  it('of doubtful pitches is played by the most probable', () => {
    assert.deepEqual(takenOf([0.3, 0.4]), [1]);
    assert.deepEqual(takenOf([0.45, 0.3, 0.4, 0.4]), [0, 3]);
    assert.deepEqual(takenOf([0.2, 0.2]), []);
  });

  it('is never made up by noise', () => {
    assert.deepEqual(takenOf(Array.from({ length: 40 }, () => 0.1)), []);
    assert.deepEqual(takenOf([0.9, 0.9, ...Array.from({ length: 40 }, () => 0.1)]), [0, 1]);
  });

  it('is more by a lower threshold, fewer by a higher', () => {
    assert.deepEqual(takenOf([0.3, 0.4], 0.25), [1]);
    assert.deepEqual(takenOf([0.3, 0.4], 0.2), [0, 1]);
    assert.deepEqual(takenOf([0.3, 0.4], 0.8), []);
  });

  it('is never exceeded on any step, and the pitches left out are never the more probable', () => {
    for (const plane of blurredPlanes()) {
      for (const threshold of [0.3, 0.5, 0.8]) {
        const taken = mostProbable(plane, threshold);
        const counts = expectedCounts(plane);
        for (let step = 0; step < STEPS_PER_BLOCK; step++) {
          const cells = Array.from({ length: PITCHES }, (_, row) => cell(row, step));
          const inside = cells.filter((at) => taken[at] === 1).map((at) => plane[at]);
          const outside = cells.filter((at) => taken[at] === 0).map((at) => plane[at]);
          assert.ok(inside.length <= Math.floor((counts[step] * 0.5) / threshold + 0.5));
          assert.ok(inside.length === 0 || Math.min(...inside) >= Math.max(...outside));
        }
      }
    }
  });

  it('takes no pitch away when the threshold is lowered', () => {
    for (const plane of blurredPlanes()) {
      const [few, more] = [mostProbable(plane, 0.6), mostProbable(plane, 0.4)];
      assert.ok(few.every((one, at) => one <= more[at]));
    }
  });

  it('of zeros and ones takes the ones, up to the middle threshold', () => {
    const { sounding } = idealRole(randomNotes(3));
    for (const threshold of [0.05, 0.3, 0.5]) assert.deepEqual([...mostProbable(sounding, threshold)], [...sounding]);
  });
});

describe('a smeared onset', () => {
  const joined = (...certainty: readonly number[]): number[] => {
    const strikes = Uint8Array.from(certainty, (p) => (p > 0 ? 1 : 0));
    joinSmears(strikes, Float64Array.from(certainty), 0.8);
    return [...strikes];
  };

  it('is one onset, where it is surest; of equals the first', () => {
    assert.deepEqual(joined(0.6, 0.7, 0, 0.7, 0.6, 0, 0.6, 0.6), [0, 1, 0, 1, 0, 0, 1, 0]);
  });

  it('is told from two by how sure the weaker is', () => {
    assert.deepEqual(joined(0.9, 0.8, 0, 0.9, 0.7), [1, 1, 0, 1, 0]);
  });

  it('is told from one two steps later', () => {
    assert.deepEqual(joined(0.7, 0.6, 0.5), [1, 0, 1]);
  });
});
