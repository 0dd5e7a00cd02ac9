import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedNotes } from '#daimon/engine/decode/expectation.js';
import { joinSmears, strikesOf } from '#daimon/engine/decode/strikes.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell, PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, idealRole, randomNotes, randomRoll } from './rolls.js';

const SILENCE = new Float32Array(CELLS);

/** The rows struck on step 0 by onsets that begin with these, from the lowest pitch. */
function struck(values: readonly number[], onsetThreshold = 0.5, voices = PITCHES): number[] {
  const onset = new Float32Array(CELLS);
  for (const [row, value] of values.entries()) onset[cell(row, 0)] = value;
  const strikes = strikesOf(SILENCE, onset, voices, { ...DEFAULT_DECODING, onsetThreshold });
  return values.flatMap((_, row) => (strikes[cell(row, 0)] === 1 ? [row] : []));
}

function* onsets(): Generator<Float32Array> {
  for (let of = 0; of < 20; of++) {
    yield blurredRole(of, randomNotes(of)).onset!;
    yield randomRoll(of, 2).roles[0].onset!;
  }
}
const ALL_OF_THEM = { ...DEFAULT_DECODING, fragmentThreshold: 0 };

describe('the notes that begin', () => {
  it('of doubtful pitches are the most probable, of equals the higher', () => {
    assert.deepEqual(struck([0.3, 0.4]), [1]);
    assert.deepEqual(struck([0.45, 0.3, 0.4, 0.4]), [0, 3]);
    assert.deepEqual(struck([0.2, 0.2]), []);
  });

  it('are never made up of noise, unless one voice must choose', () => {
    const noise = Array.from({ length: 40 }, () => 0.1);
    assert.deepEqual(struck(noise), []);
    assert.deepEqual(struck([0.9, 0.9, ...noise]), [0, 1]);
    assert.deepEqual(struck([...noise, 0.15], 0.5, 1), [40]);
  });

  it('are more by a lower threshold, fewer by a higher', () => {
    const chord = [0.35, 0.4, 0.7];
    assert.deepEqual(
      [0.2, 0.5, 0.8].map((threshold) => struck(chord, threshold)),
      [[1, 2], [2], [2]],
    );
    assert.deepEqual(struck([0.3, 0.4], 0.8), []);
  });

  it('are no more than the voices there are', () => {
    assert.deepEqual(struck([0.9, 0.7, 0.8], 0.5, 2), [0, 2]);
    assert.deepEqual(struck([0.9, 0.7, 0.8], 0.5, 1), [0]);
  });

  it('of equally struck pitches are those that sound', () => {
    const role = idealRole([{ row: 4, start: 0, length: 2 }]);
    role.onset!.fill(0.5, cell(4, 0), cell(4, 0) + 1);
    role.onset!.fill(0.5, cell(9, 0), cell(9, 0) + 1);
    const strikes = strikesOf(role.sounding, role.onset!, 1, DEFAULT_DECODING);
    assert.deepEqual([strikes[cell(4, 0)], strikes[cell(9, 0)]], [1, 0]);
  });

  it('are never more than expected, and the pitches left out are never the more probable', () => {
    for (const onset of onsets()) {
      for (const onsetThreshold of [0.3, 0.5, 0.8]) {
        const strikes = strikesOf(SILENCE, onset, PITCHES, { ...ALL_OF_THEM, onsetThreshold });
        const counts = expectedNotes(onset, onsetThreshold, PITCHES);
        for (let step = 0; step < STEPS_PER_BLOCK; step++) {
          const cells = Array.from({ length: PITCHES }, (_, row) => cell(row, step));
          const inside = cells.filter((at) => strikes[at] === 1).map((at) => onset[at]);
          const outside = cells.filter((at) => strikes[at] === 0).map((at) => onset[at]);
          assert.ok(inside.length <= counts[step]);
          assert.ok(inside.length === 0 || Math.min(...inside) >= Math.max(...outside));
        }
      }
    }
  });

  it('stay when the threshold is lowered', () => {
    for (const onset of onsets()) {
      const [few, more] = [0.6, 0.4].map((onsetThreshold) =>
        strikesOf(SILENCE, onset, PITCHES, { ...ALL_OF_THEM, onsetThreshold }),
      );
      assert.ok(few.every((one, at) => one <= more[at]));
    }
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

  it('of one voice may waver between pitches; of several voices two pitches are two notes', () => {
    const onset = new Float32Array(CELLS);
    onset[cell(5, 0)] = 0.6;
    onset[cell(6, 1)] = 0.7;
    const rows = (voices: number): number[][] => {
      const strikes = strikesOf(SILENCE, onset, voices, DEFAULT_DECODING);
      return [0, 1].map((step) => [5, 6].filter((row) => strikes[cell(row, step)] === 1));
    };
    assert.deepEqual(rows(1), [[], [6]]);
    assert.deepEqual(rows(64), [[5], [6]]);
  });
});
