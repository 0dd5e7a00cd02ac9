import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, cell, type PianoRoll, WHOLE } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { densityOf, isSensible, readingOf } from '#daimon/training/adoption/density.js';

const rollOf = (sounding: Float32Array, onset: Float32Array | null = null): PianoRoll => ({
  basePitch: 30,
  roles: [{ ...WHOLE, sounding, onset }],
});

/** A note of three steps on each beat, on one pitch, as sure as that; all else is that unsure. */
function quarters(sure: number, unsure: number): Float32Array {
  const plane = new Float32Array(CELLS).fill(unsure);
  for (let step = 0; step < STEPS_PER_BLOCK; step++) if (step % 4 < 3) plane[cell(20, step)] = sure;
  return plane;
}

it('four dotted eighths a bar are four notes a bar, sound three quarters of the time, and leave no bar empty', () => {
  assert.deepEqual(densityOf([rollOf(quarters(1, 0))], {}), { notesPerBar: 4, voices: 0.75, emptyBars: 0 });
});

it('what plays by the defaults is read by the defaults', () => {
  assert.deepEqual(readingOf([rollOf(quarters(0.9, 0.1))]), {});
});

it('a model that is never sure is read by a lower threshold, one that is never unsure by a higher', () => {
  assert.deepEqual(readingOf([rollOf(quarters(0.33, 0.01))]), { threshold: 0.3 });
  assert.deepEqual(readingOf([rollOf(quarters(0.9, 0.72))]), { threshold: 0.75 });
});

it('silence, a wall, and noise have no reading that helps', () => {
  const random = randomFrom(seed(6));
  const noise = Float32Array.from({ length: CELLS }, () => 0.499 + 0.002 * (random.below(1000) / 1000));
  for (const plane of [new Float32Array(CELLS), new Float32Array(CELLS).fill(1), noise]) {
    const rolls = [rollOf(plane)];
    assert.deepEqual(readingOf(rolls), {});
    assert.ok(!isSensible(densityOf(rolls, {})));
  }
});
