import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { type RepeatOf, repeated, sourceSteps } from '#daimon/engine/decode/repeats.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { signsOf } from '#daimon/music/mask.js';
import { seed } from '#daimon/music/random.js';
import { cell, PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK, TICKS_PER_BAR } from '#daimon/music/units.js';
import { idealRoll, randomRoll } from './rolls.js';

/** Which of the first bars, or beats, are heard. */
const heard = (pattern: string, length: number): number[] =>
  [0, 1, 2, 3].map((unit) => sourceSteps(signsOf(pattern), length)[unit * length] / length);

describe('repeats', () => {
  it('play the one before again, or the one so many before, itself perhaps a repeat', () => {
    assert.deepEqual(heard('...x', 16), [0, 1, 2, 2]);
    assert.deepEqual(heard('.xxx', 16), [0, 0, 0, 0]);
    assert.deepEqual(heard('..22', 4), [0, 1, 0, 1]);
    assert.deepEqual(heard('.x.2', 16), [0, 0, 2, 0]);
  });

  it('know nothing before the block', () => {
    assert.deepEqual(heard('xx22', 1), [0, 0, 0, 0]);
    assert.deepEqual(heard('9999', 16), [0, 1, 2, 3]);
  });

  it('of every roll move whole columns, of all planes alike', () => {
    const roll = randomRoll(1, 2);
    for (const [pattern, of, length] of [
      ['.x', 'bar', 16],
      ['..2', 'beat', 4],
      ['.x.3', 'step', 1],
    ] as const satisfies readonly (readonly [string, RepeatOf, number])[]) {
      const sources = sourceSteps(signsOf(pattern), length);
      const { sounding, onset } = repeated(roll, pattern, of).roles[0];
      for (let row = 0; row < PITCHES; row += 7) {
        for (let step = 0; step < STEPS_PER_BLOCK; step++) {
          assert.equal(sounding[cell(row, step)], roll.roles[0].sounding[cell(row, sources[step])]);
          assert.equal(onset![cell(row, step)], roll.roles[0].onset![cell(row, sources[step])]);
        }
      }
    }
  });

  it('that repeat nothing leave the very roll', () => {
    const roll = randomRoll(2, 1);
    for (const pattern of ['', '....', ' . ']) assert.equal(repeated(roll, pattern, 'bar'), roll);
  });

  it('make a bar sound as the one before it did', () => {
    const bar = (index: number) =>
      [1, 4, 9].map((at, i) => ({ row: 7 * index + i, start: 16 * index + at, length: 2 }));
    const roll = idealRoll(Array.from({ length: 8 }, (_, index) => bar(index)).flat());
    const choices: Decoding = { ...DEFAULT_DECODING, repeats: '.x', repeatOf: 'bar', accent: 0 };
    const notes = decode(roll, choices, { seed: seed(1) });
    const odd = notes.filter(({ onset }) => Math.floor(onset / TICKS_PER_BAR) % 2 === 1);
    const even = notes.filter(({ onset }) => Math.floor(onset / TICKS_PER_BAR) % 2 === 0);
    assert.equal(even.length, 12);
    assert.deepEqual(
      odd.map((note) => ({ ...note, onset: note.onset - TICKS_PER_BAR })),
      even,
    );
  });
});
