import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLegal } from '#daimon/music/parameter.js';
import { DRAWING } from '#daimon/music/preset.js';
import { seed } from '#daimon/music/random.js';
import { COLUMNS, cellsOf, formOf, onlyThis, onTheme, ROWS, type Sketch } from '#daimon/music/sketch.js';

const latent = { shape: { channels: 1, rows: ROWS, columns: COLUMNS }, values: new Float32Array(ROWS * COLUMNS) };
const draw: Sketch = { kind: 'seed', seed: seed(7), temperature: 1 };

test('AABA comes back twice after its first four bars, and its third part is new', () => {
  assert.deepEqual(formOf('AABA'), [0, 1, 0, 1, 4, 5, 0, 1]);
});

test('a form whose letters all differ leaves every column where it is', () => {
  for (const letters of ['AB', 'DCBA', 'ABCDEFGH']) assert.deepEqual(formOf(letters), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('in every form, what a letter plays is what its first part holds', () => {
  for (const letters of ['AA', 'ABAC', 'BBAB', 'ABABCCAB', 'HGHGHGHA']) {
    const form = formOf(letters);
    const width = COLUMNS / letters.length;
    form.forEach((source, column) => {
      assert.equal(letters[Math.floor(source / width)], letters[Math.floor(column / width)]);
      assert.equal(form[source], source, 'a source is not itself a copy');
    });
  }
});

test('two, four and eight letters make a form, none is as drawn; nothing else does', () => {
  for (const letters of ['', 'AB', 'AABA', 'ABACADAE']) assert.ok(isLegal(DRAWING.form, letters));
  for (const letters of ['A', 'ABA', 'aaba', 'AABI', 'AABAA']) assert.ok(!isLegal(DRAWING.form, letters));
});

test('held columns are of the row that is named, or of both', () => {
  const held = (cells: readonly boolean[]): number[] => cells.flatMap((is, cell) => (is ? [cell] : []));
  assert.deepEqual(held(cellsOf([1, 8], 'low')), [0, 7]);
  assert.deepEqual(held(cellsOf([1, 8], 'high')), [8, 15]);
  assert.deepEqual(held(cellsOf([1, 8])), [0, 7, 8, 15]);
});

test('a theme that is not left needs no draw', () => {
  const given: Sketch = { kind: 'given', latent };
  assert.deepEqual(onTheme(draw, onlyThis(latent)), given);
  assert.deepEqual(onTheme(draw, { latent, cells: cellsOf([1, 2, 3, 4, 5, 6, 7, 8]), amount: 1 }), given);
});

test('a theme that holds nothing and is left altogether is a draw', () => {
  assert.equal(onTheme(draw, { latent, cells: cellsOf([]), amount: 1 }), draw);
});
