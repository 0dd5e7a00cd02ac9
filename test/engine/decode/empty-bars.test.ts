import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { emptyBars } from '#daimon/engine/decode/empty-bars.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import type { Note } from '#daimon/music/note.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { cell, PITCHES, type PianoRoll, WHOLE } from '#daimon/music/roll.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, TICKS_PER_BAR, TICKS_PER_STEP } from '#daimon/music/units.js';
import { randomDecoding } from './choices.js';
import { idealRoll, randomRoll } from './rolls.js';

const MOMENT = { seed: seed(3) };
const ALL_BARS = Array.from({ length: BARS_PER_BLOCK }, (_, bar) => bar);

const played = (roll: PianoRoll, choices: Partial<Decoding>): readonly Note[] =>
  decode(roll, { ...DEFAULT_DECODING, ...choices }, MOMENT);

/** Doubts where nothing is: of a hundredth at most, so that by any threshold in reach nothing is heard of it. */
function doubtfulRoll(of: number, planes: 1 | 2 = 2): PianoRoll {
  const random = randomFrom(seed(of));
  const doubt = (): Float32Array =>
    Float32Array.from({ length: PITCHES * STEPS_PER_BLOCK }, () => random.uniform() / 100);
  return { basePitch: 30, roles: [{ ...WHOLE, sounding: doubt(), onset: planes === 2 ? doubt() : null }] };
}

/** A roll of which some bars are silent but for doubts. */
function withGaps(of: number, bars: readonly number[]): PianoRoll {
  const [roll, doubts] = [randomRoll(of, 2), doubtfulRoll(of)];
  for (const bar of bars) {
    for (let row = 0; row < PITCHES; row++) {
      const [from, to] = [cell(row, bar * STEPS_PER_BAR), cell(row, 0) + (bar + 1) * STEPS_PER_BAR];
      roll.roles[0].sounding.set(doubts.roles[0].sounding.subarray(from, to), from);
      roll.roles[0].onset!.set(doubts.roles[0].onset!.subarray(from, to), from);
    }
  }
  return roll;
}

describe('a bar is empty', () => {
  it('when nothing begins in it and nothing sounds into it, to the tick', () => {
    const note = (onset: number, duration: number): Note =>
      ({ onset, duration, pitch: 60, velocity: 80, channel: 0 }) as Note;
    assert.deepEqual(emptyBars([]), ALL_BARS);
    assert.deepEqual(emptyBars([note(0, TICKS_PER_BAR)]), ALL_BARS.slice(1));
    assert.deepEqual(emptyBars([note(0, TICKS_PER_BAR + 1)]), ALL_BARS.slice(2));
    assert.deepEqual(emptyBars([note(TICKS_PER_BAR - 1, 1), note(3 * TICKS_PER_BAR, 1)]), [1, 2, ...ALL_BARS.slice(4)]);
  });
});

describe('empty bars', () => {
  it('stay empty unless they are to be filled', () => {
    assert.deepEqual(played(doubtfulRoll(1), {}), []);
    assert.deepEqual(emptyBars(played(withGaps(1, [2, 3, 9]), {})), [2, 3, 9]);
  });

  it('filled, are none, of whatever roll by whatever choices, if the range has an octave and there are moments to begin', () => {
    const random = randomFrom(seed(4));
    for (let of = 0; of < 40; of++) {
      const choices = {
        ...randomDecoding(random),
        lowest: 36,
        highest: 90,
        transpose: 0,
        octave: 0,
        rests: '',
        density: 0,
        repeats: '',
      };
      const roll = of % 2 === 0 ? doubtfulRoll(of, of % 4 === 0 ? 1 : 2) : withGaps(of, [0, 5, 6, 15]);
      assert.deepEqual(emptyBars(played(roll, { ...choices, emptyBars: 'fill' })), [], `roll ${of}`);
    }
  });

  it('filled, leave every other note as it was, and end with their bar', () => {
    const random = randomFrom(seed(5));
    for (let of = 0; of < 20; of++) {
      const choices = { ...randomDecoding(random), density: 0 };
      const roll = withGaps(of, [1, 7, 8]);
      const before = played(roll, { ...choices, emptyBars: 'leave' });
      const after = played(roll, { ...choices, emptyBars: 'fill' });
      const texts = new Set(before.map((note) => JSON.stringify(note)));
      const added = after.filter((note) => !texts.has(JSON.stringify(note)));
      assert.equal(after.length, before.length + added.length);
      const empty = emptyBars(before);
      for (const { onset, duration } of added) {
        const bar = Math.floor(onset / TICKS_PER_BAR);
        assert.ok(empty.includes(bar));
        assert.ok(onset + duration <= (bar + 1) * TICKS_PER_BAR);
      }
    }
  });

  it('have what is likeliest in them, at one moment, until they end', () => {
    const roll = doubtfulRoll(2);
    for (const bar of ALL_BARS) roll.roles[0].onset![cell(7 + bar, bar * STEPS_PER_BAR + 4)] = 0.1;
    assert.deepEqual(
      played(roll, { emptyBars: 'fill' }).map(({ onset, duration, pitch }) => [
        onset / TICKS_PER_STEP,
        duration / TICKS_PER_STEP,
        pitch,
      ]),
      ALL_BARS.map((bar) => [bar * STEPS_PER_BAR + 4, STEPS_PER_BAR - 4, 37 + bar]),
    );
  });

  it('keep the silence that was asked for: on the steps of a mask, and outside of the range', () => {
    const rests = `x............... ${'.'.repeat(16)}`;
    for (const { onset } of played(doubtfulRoll(3), { emptyBars: 'fill', rests })) {
      assert.notEqual((onset / TICKS_PER_STEP) % 32, 0);
    }
    for (const { onset, duration } of played(doubtfulRoll(3), { emptyBars: 'fill', rests: '......xx' })) {
      assert.ok((onset / TICKS_PER_STEP) % 8 < 6 && ((onset / TICKS_PER_STEP) % 8) + duration / TICKS_PER_STEP <= 6);
    }
    assert.deepEqual(played(doubtfulRoll(3), { emptyBars: 'fill', rests: 'x' }), []);
    assert.deepEqual(played(doubtfulRoll(3), { emptyBars: 'fill', lowest: 120 }), []);
  });

  it('have what is in the range, also of one voice that would rather sing elsewhere', () => {
    const roll = doubtfulRoll(6);
    const [role] = roll.roles;
    role.onset!.fill(0.2, cell(5, 0), cell(6, 0));
    const alone: PianoRoll = { ...roll, roles: [{ ...role, voices: 1 }] };
    const notes = played(alone, { emptyBars: 'fill', lowest: 74, highest: 86 });
    assert.deepEqual(emptyBars(notes), []);
    for (const { pitch } of notes) assert.ok(pitch >= 74 && pitch <= 86);
  });

  it('of a roll that holds nothing for possible stay empty', () => {
    assert.deepEqual(played(idealRoll([]), { emptyBars: 'fill' }), []);
  });
});
