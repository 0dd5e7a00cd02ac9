import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spansOfOneVoice } from '#daimon/engine/decode/monophony.js';
import type { Span } from '#daimon/engine/decode/spans.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { CELLS, cell, type RoleRoll } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { blurredRole, type GridNote, idealRole, randomRoll, randomTune } from './rolls.js';

const MELODY = { name: 'melody', voices: 1 } as const;
const spans = ({ sounding, onset }: RoleRoll, choices = {}): Span[] =>
  spansOfOneVoice(sounding, onset!, { ...DEFAULT_DECODING, ...choices });
const grid = (role: RoleRoll, choices = {}): GridNote[] =>
  spans(role, choices).map(({ row, start, length }) => ({ row, start, length }));

/** A melody whose rows begin with these probabilities, row by row: sounding, then onset. */
function roleOf(...rows: readonly (readonly [sounding: readonly number[], onset: readonly number[]])[]): RoleRoll {
  const role = { ...MELODY, sounding: new Float32Array(CELLS), onset: new Float32Array(CELLS) };
  for (const [row, [sounding, onset]] of rows.entries()) {
    role.sounding.set(sounding, cell(row, 0));
    role.onset.set(onset, cell(row, 0));
  }
  return role;
}
const note = (start: number, length: number, row = 0): GridNote => ({ row, start, length });

describe('one voice', () => {
  it('sings a tune of zeros and ones note for note, by whatever choices', () => {
    for (let of = 0; of < 20; of++) {
      const tune = randomTune(of);
      assert.ok(tune.length > 20);
      for (const t of [0.05, 0.5, 0.95]) {
        assert.deepEqual(grid(idealRole(tune), { threshold: t, onsetThreshold: t, fragmentThreshold: t }), tune);
      }
    }
  });

  it('never has two notes on a step, and never more notes than steps where one is likely, whatever was drawn', () => {
    for (let of = 0; of < 20; of++) {
      for (const role of [randomRoll(of, 2).roles[0], blurredRole(of, randomTune(of))]) {
        const sung = spans(role);
        const sounding = new Uint8Array(STEPS_PER_BLOCK);
        for (const { row, start, length } of sung) {
          for (let step = start; step < start + length; step++) sounding[step]++;
          let expected = 0;
          for (let other = 0; other < 64; other++) expected += role.onset![cell(other, start)];
          assert.ok(expected > 0.5 && row >= 0 && length >= 1);
        }
        assert.ok(sounding.every((count) => count <= 1));
      }
    }
  });

  it('sings one of two pitches between which the model wavers, for as long and no softer', () => {
    const wavering = roleOf([[0.4, 0.4, 0.4, 0], [0.4]], [[0.6, 0.6, 0.6, 0], [0.5]]);
    assert.deepEqual(grid(wavering), [note(0, 3, 1)]);
    assert.ok(Math.abs(spans(wavering)[0].probability - 1) < 1e-6);
    assert.deepEqual(grid(roleOf([[0.3, 0.3, 0], [0.3]], [[0.4, 0.4, 0], [0.4]])), [note(0, 2, 1)]);
  });

  it('of equally likely pitches sings the highest, of equally struck the one that sounds', () => {
    assert.deepEqual(grid(roleOf([[1], [1]], [[1], [1]])), [note(0, 1, 1)]);
    assert.deepEqual(grid(roleOf([[0.9, 0.9], [0.5]], [[0.1, 0.1], [0.5]])), [note(0, 2, 0)]);
  });

  it('ends a note where the next begins, whatever goes on sounding', () => {
    const role = roleOf(
      [[1, 1, 1, 1, 1], [1]],
      [
        [0, 0, 1, 1, 0],
        [0, 0, 1],
      ],
    );
    assert.deepEqual(grid(role), [note(0, 2, 0), note(2, 2, 1)]);
  });

  it('rests where a rest is likelier than that the note goes on, or where the note has all but gone', () => {
    assert.deepEqual(grid(roleOf([[0.9, 0.6, 0.4, 0.9], [0.9]])), [note(0, 2)]);
    assert.deepEqual(grid(roleOf([[0.9, 0.4, 0.2], [0.9]], [[0, 0.4, 0.7], []])), [note(0, 2)]);
  });

  it('sings a smeared onset once, and a sure repeat twice', () => {
    const sounding = [0.9, 0.9, 0.9, 0.9];
    assert.deepEqual(grid(roleOf([sounding, [0.6, 0.7]])), [note(1, 3)]);
    assert.deepEqual(grid(roleOf([sounding, [0.9, 0.9]])), [note(0, 1), note(1, 3)]);
  });

  it('without fragments sings no fewer notes by a lower onset threshold, and ends none earlier by a lower threshold', () => {
    for (let of = 0; of < 20; of++) {
      const role = blurredRole(of, randomTune(of));
      const counts = [0.8, 0.5, 0.3].map(
        (onsetThreshold) => spans(role, { onsetThreshold, fragmentThreshold: 0 }).length,
      );
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      );
      const [shorter, longer] = [grid(role), grid(role, { threshold: 0.3 })];
      assert.equal(shorter.length, longer.length);
      for (const [i, { length }] of shorter.entries()) assert.ok(longer[i].length >= length);
    }
  });
});
