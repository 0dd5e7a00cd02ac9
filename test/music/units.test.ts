import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as units from '#daimon/music/units.js';

describe('units', () => {
  it('a MIDI clock pulse is 20 ticks, a sixteenth 120, a bar of 4/4 1920, a block 16 bars', () => {
    assert.equal(units.TICKS_PER_PULSE, 20);
    assert.equal(units.TICKS_PER_STEP, 120);
    assert.equal(units.TICKS_PER_BAR, 1920);
    assert.equal(units.TICKS_PER_BLOCK, 16 * 1920);
    assert.equal(units.STEPS_PER_BLOCK, 256);
  });

  it('a song position counts sixteenths', () => {
    assert.equal(units.TICKS_PER_SONG_POSITION, units.TICKS_PER_STEP);
  });

  it('a block is a whole number of roll columns, pulses and bars', () => {
    for (const part of [units.TICKS_PER_STEP, units.TICKS_PER_PULSE, units.TICKS_PER_BAR]) {
      assert.equal(units.TICKS_PER_BLOCK % part, 0);
    }
  });

  it('a beat lasts half a second at 120 BPM, and a second at 60', () => {
    for (const [tempo, beat] of [
      [120, 500],
      [60, 1000],
    ] as const) {
      assert.ok(Math.abs(units.millisPerTick(units.bpm(tempo)) * units.TICKS_PER_BEAT - beat) < 1e-9);
    }
  });

  it('the tempo of a beat undoes the beat of a tempo', () => {
    for (const tempo of [20, 59.94, 120, 174.3, 300]) {
      const beat = units.millis(units.millisPerTick(units.bpm(tempo)) * units.TICKS_PER_BEAT);
      assert.ok(Math.abs(units.tempoOfBeat(beat) - tempo) < 1e-9);
    }
  });

  it('step 16 falls on the second bar', () => {
    assert.equal(units.stepToTick(units.step(16)), units.TICKS_PER_BAR);
  });
});
