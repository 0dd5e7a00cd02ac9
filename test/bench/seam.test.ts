import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { step } from '#daimon/music/units.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { SEAM_FIGURES, seamAt } from '../../bench/parts/seam.js';

const LINE = step(128);

const note = (onset: number, length: number, pitch: number): GridNote => ({
  onset: step(onset),
  end: step(onset + length),
  pitch,
});

/** Two bars of anything, from a step on. */
const anyBars = (trial: number, from: number): readonly GridNote[] => {
  const random = randomFrom(seed(trial));
  return Array.from({ length: 16 }, (_, i) => note(from + 2 * i, 1 + random.below(2), 50 + random.below(20)));
};

const seam = (...notes: readonly GridNote[]) => {
  const found = seamAt(
    notes.toSorted((a, b) => a.onset - b.onset || a.pitch - b.pitch),
    LINE,
  );
  assert.ok(found);
  return found;
};

test('two bars that repeat the two before leave nothing to surprise but the way back to their beginning', () => {
  for (let trial = 0; trial < 20; trial++) {
    const { rhythm, notes, harmony, density, register } = seam(...anyBars(trial, 96), ...anyBars(trial, 128));
    assert.deepEqual(
      { rhythm, notes, harmony, density, register },
      { rhythm: 0, notes: 0, harmony: 0, density: 0, register: 0 },
    );
  }
});

test('a seam is the same in every key', () => {
  for (let trial = 0; trial < 20; trial++) {
    const both = [...anyBars(trial, 96), ...anyBars(trial + 1, 128)];
    const [here, there] = [seam(...both), seam(...both.map((each) => ({ ...each, pitch: each.pitch + 5 })))];
    for (const figure of SEAM_FIGURES) assert.ok(Math.abs(here[figure] - there[figure]) < 1e-9, figure);
  }
});

test('each figure hears what it is named for', () => {
  const before = [note(96, 4, 60), note(112, 16, 60)];
  assert.equal(seam(...before, note(128, 4, 67)).leap, 7);
  assert.equal(seam(...before, note(128, 4, 60), note(144, 4, 84)).register, 12);
  assert.equal(
    seam(...before, note(128, 4, 60), note(132, 4, 60), note(136, 4, 60), note(140, 4, 60), note(144, 4, 60)).density,
    1,
  );
  assert.equal(seam(...before, note(128, 4, 61)).harmony, 1);
  assert.equal(seam(...before, note(130, 4, 60)).rhythm, 1);
  assert.equal(seam(...before, note(128, 4, 60), note(144, 4, 60)).notes, 0);
});

test('of the notes that sound on a bar line, some are struck there and some held', () => {
  const before = [note(96, 4, 60), note(120, 16, 64)];
  assert.equal(seam(...before, note(128, 4, 60)).struck, 0.5);
  assert.equal(seam(...before, note(130, 4, 60)).struck, 0);
  assert.equal(seam(note(96, 4, 60), note(130, 4, 60)).struck, 1);
});

test('where two bars on one side are silent there is no seam', () => {
  assert.equal(seamAt([note(96, 64, 60)], LINE), null);
  assert.equal(seamAt([note(130, 4, 60)], LINE), null);
});
