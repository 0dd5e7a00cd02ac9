import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CELLS, cell } from '#daimon/music/roll.js';
import { LAGS, TOLD } from '#daimon/training/networks/velocity.js';
import { begin, type Form, formOf, repeat } from '#daimon/training/recipes/forms.js';

const STEPS_PER_COLUMN = 32;

/** One role; each letter is two bars with eight quarters on a row of its own. */
function roll(letters: string): Float32Array {
  const planes = new Float32Array(2 * CELLS);
  [...letters].forEach((letter, column) => {
    for (let beat = 0; beat < 8; beat++) {
      const row = letter.charCodeAt(0) - 60 + (beat % 3);
      const at = column * STEPS_PER_COLUMN + beat * 4;
      planes.fill(1, cell(row, at), cell(row, at + 4));
      planes[CELLS + cell(row, at)] = 1;
    }
  });
  return planes;
}

suite('the form of a block', () => {
  test('says which two bars came before', () => {
    assert.deepEqual([...formOf(roll('AGAMAGAS'), 1, 0.9).source], [0, 1, 0, 3, 0, 1, 0, 7]);
  });

  test('does not hang on the notes: the same letters a fifth higher have the same form', () => {
    assert.deepEqual(formOf(roll('AGAMAGAS'), 1, 0.9), formOf(roll('HNHTHNHZ'), 1, 0.9));
  });

  test('tells each column how alike its neighbours are', () => {
    const { told } = formOf(roll('AGAMAGAS'), 1, 0.9);
    const alike = (column: number, lag: number): number => told[(lag + 7) * 8 + column]!;
    assert.equal(alike(2, -2), 1);
    assert.equal(alike(2, -1), 0);
    assert.equal(alike(0, 2), 1);
    assert.equal(alike(0, -1), 0);
  });

  test('gives each column shares of the others that sum to 1', () => {
    const { mixing } = formOf(roll('AGAMAGAS'), 1, 0.9);
    for (let column = 0; column < 8; column++) {
      const sum = Array.from({ length: 8 }, (_, from) => mixing[from * 8 + column]!).reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
  });

  test('says in doublings and shares how dense, long and on the beat the notes are', () => {
    const { told } = formOf(roll('AAAAAAAA'), 1, 0.9);
    const traits = Array.from({ length: TOLD - LAGS }, (_, i) => told[(LAGS + i) * 8]);
    // four onsets a bar, each of four steps, all on the beat; to the nearest quarter
    assert.deepEqual(traits, [2.25, 2, 1]);
  });

  test('of silence, and of a role without notes, is a form too', () => {
    const { source, told } = formOf(new Float32Array(2 * CELLS), 1, 0.9);
    assert.deepEqual([...source], [0, 0, 0, 0, 0, 0, 0, 0]);
    assert.ok(told.every(Number.isFinite));
  });
});

suite('the noise that columns begin at', () => {
  /** Of two columns, over all noises. */
  const correlation = (form: Form, a: number, b: number): number => {
    let sum = 0;
    for (let one = 0; one < 8; one++) {
      const noises = Float32Array.from({ length: 8 }, (_, n) => (n === one ? 1 : 0));
      begin(noises, form);
      sum += noises[a]! * noises[b]!;
    }
    return sum;
  };

  test('is one where they repeat, and independent where they have nothing in common', () => {
    const form = formOf(roll('AGAMAGAS'), 1, 0.9);
    assert.equal(correlation(form, 0, 4), 1);
    assert.equal(correlation(form, 1, 5), 1);
    assert.equal(correlation(form, 0, 3), 0);
  });

  test('is shared as far as they are alike, and varies as much in every column', () => {
    const halfAlike = roll('AGMSAGMS');
    const same = roll('AAAAAAAA');
    // every first bar is A's
    for (let at = 0; at < halfAlike.length; at += STEPS_PER_COLUMN) {
      halfAlike.set(same.subarray(at, at + STEPS_PER_COLUMN / 2), at);
    }
    const form = formOf(halfAlike, 1, 0.9);
    assert.ok(Math.abs(correlation(form, 0, 1) - 0.5) < 1e-6);
    for (let c = 0; c < 8; c++) assert.ok(Math.abs(correlation(form, c, c) - 1) < 1e-6);
  });
});

test('what is repeated holds what its source holds, in every row', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => i);
  repeat(values, formOf(roll('AGAMAGAS'), 1, 0.9));
  assert.deepEqual([...values], [0, 1, 0, 3, 0, 1, 0, 7, 8, 9, 8, 11, 8, 9, 8, 15]);
});
