import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { SEAM_FIGURES, type Seam } from '../../bench/parts/seam.js';
import { scaleOf, surpriseOf } from '../../bench/parts/surprise.js';

const anySeams = (trial: number, more = 0): readonly Seam[] => {
  const random = randomFrom(seed(trial));
  const value = (): number => random.below(6) / 5 + more;
  return Array.from({ length: 40 }, () => ({
    rhythm: value(),
    notes: value(),
    harmony: value(),
    leap: value(),
    density: value(),
    register: value(),
    struck: value(),
  }));
};

test('seams measured by themselves are middling on the average, ties and all', () => {
  for (let trial = 0; trial < 20; trial++) {
    const seams = anySeams(trial);
    const scale = scaleOf(seams);
    for (const figure of SEAM_FIGURES) {
      const mean = seams.reduce((sum, seam) => sum + surpriseOf(seam, scale).by[figure], 0) / seams.length;
      assert.ok(Math.abs(mean - 0.5) < 1e-9);
    }
  }
});

test('a break greater than all of them surprises wholly, a lesser one not at all', () => {
  const scale = scaleOf(anySeams(1));
  for (const seam of anySeams(2, 2)) assert.equal(surpriseOf(seam, scale).all, 1);
  for (const seam of anySeams(2, -2)) assert.equal(surpriseOf(seam, scale).all, 0);
});
