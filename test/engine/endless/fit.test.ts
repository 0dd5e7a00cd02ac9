import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf, misfit } from '#daimon/engine/endless/fit.js';
import { CELLS, cell, type PianoRoll, WHOLE } from '#daimon/music/roll.js';

/** A chord struck on each beat of sixteen bars. */
function beats(...rows: readonly number[]): PianoRoll {
  const [sounding, onset] = [new Float32Array(CELLS), new Float32Array(CELLS)];
  for (const row of rows) {
    for (let step = 0; step < 256; step++) {
      sounding[cell(row, step)] = 0.9;
      if (step % 4 === 0) onset[cell(row, step)] = 0.9;
    }
  }
  return { basePitch: 30, roles: [{ ...WHOLE, sounding, onset }] };
}

const between = (a: PianoRoll, b: PianoRoll): number => misfit(endsOf(a).last, endsOf(b).first);

test('nothing follows two bars better than the same two bars', () => {
  const same = between(beats(20, 24, 27), beats(20, 24, 27));
  for (const other of [beats(20, 24, 28), beats(20, 24), beats(32, 36, 39), beats()]) {
    assert.ok(between(beats(20, 24, 27), other) > same);
  }
});

test('a neighbouring pitch is a smaller step than a far one, twice the notes a smaller one than four times', () => {
  assert.ok(between(beats(20), beats(22)) < between(beats(20), beats(44)));
  assert.ok(between(beats(20), beats(20, 32)) < between(beats(20), beats(8, 20, 32, 44)));
});

test('silence is a number too, and a roll of one plane is taken by what sounds', () => {
  assert.ok(Number.isFinite(between(beats(), beats())));
  const single = (roll: PianoRoll): PianoRoll => ({ ...roll, roles: roll.roles.map((r) => ({ ...r, onset: null })) });
  assert.ok(between(single(beats(20)), single(beats(20))) < between(single(beats(20)), single(beats(25))));
});
