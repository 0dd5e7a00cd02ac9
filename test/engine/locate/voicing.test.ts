import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byHeight, byLikelihood, byName, planesOf, type Voicing } from '#daimon/engine/locate/voicing.js';
import { type GridNote, type Line, lineOf } from '#daimon/music/line.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, type PianoRoll, type Role, rollOf } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK, step } from '#daimon/music/units.js';

const BASE = 30;
const one = (name: string): Role => ({ name, voices: 1 });
const many = (name: string): Role => ({ name, voices: null });
const BANDS: readonly (readonly Role[])[] = [
  [many('all')],
  [one('melody'), many('chords')],
  [one('melody'), many('bridge'), many('piano')],
  ['soprano', 'alto', 'tenor', 'bass'].map(one),
];

function anyLine(of: number): Line {
  const random = randomFrom(seed(of));
  return lineOf(
    Array.from({ length: 1 + random.below(200) }, (): GridNote => {
      const onset = random.below(STEPS_PER_BLOCK);
      const end = Math.min(onset + 1 + random.below(16), STEPS_PER_BLOCK);
      return { onset: step(onset), end: step(end), pitch: BASE + random.below(64) };
    }),
  );
}

const whole = (voicing: Voicing): readonly string[] =>
  voicing
    .flat()
    .map((note) => JSON.stringify(note))
    .sort();
const rollFor = (voicing: Voicing, roles: readonly Role[]): PianoRoll =>
  rollOf(planesOf(voicing, BASE, 2 * roles.length), { basePitch: BASE, planes: 2 * roles.length, roles });

test('however notes are given out, each goes to one role', () => {
  for (let of = 0; of < 40; of++) {
    const [notes, roles] = [anyLine(of), BANDS[of % BANDS.length]];
    const voicing = byHeight(notes, roles);
    assert.deepEqual(whole(voicing), whole([notes]));
    assert.equal(voicing.length, roles.length);
    const random = randomFrom(seed(of));
    const values = Float32Array.from({ length: 2 * roles.length * CELLS }, () => random.uniform());
    const roll = rollOf(values, { basePitch: BASE, planes: 2 * roles.length, roles });
    assert.deepEqual(whole(byLikelihood(notes, roll)), whole([notes]));
  }
});

test('a roll of the very notes gives them out as they were', () => {
  for (let of = 0; of < 20; of++) {
    const roles = BANDS[2];
    const [melody, bridge, piano] = [of, of + 50, of + 100].map(anyLine);
    const tune = melody.filter((note, i) => melody.slice(0, i).every(({ end }) => end <= note.onset));
    const taken = new Set<string>();
    const apart = [tune, bridge, piano].map((line) =>
      line.filter((note) => {
        const cells = Array.from({ length: note.end - note.onset }, (_, i) => `${note.pitch} ${note.onset + i}`);
        const free = cells.every((cell) => !taken.has(cell));
        if (free) for (const cell of cells) taken.add(cell);
        return free;
      }),
    );
    assert.deepEqual(byLikelihood(lineOf(apart.flat()), rollFor(apart, roles)), apart);
  }
});

test('by height, the tune is on top and the chords are the rest; four voices are told apart', () => {
  const chord = (at: number, ...pitches: readonly number[]): GridNote[] =>
    pitches.map((pitch) => ({ onset: step(at), end: step(at + 8), pitch }));
  const notes = lineOf([...chord(0, 72, 60, 64, 67), ...chord(8, 74, 59, 65, 67)]);
  const pitches = (voicing: Voicing) => voicing.map((line) => line.map(({ pitch }) => pitch));
  assert.deepEqual(pitches(byHeight(notes, BANDS[1])), [
    [72, 74],
    [60, 64, 67, 59, 65, 67],
  ]);
  assert.deepEqual(pitches(byHeight(notes, BANDS[3])), [
    [72, 74],
    [67, 67],
    [64, 65],
    [60, 59],
  ]);
});

test('a note held over another is still above it', () => {
  const notes = lineOf([
    { onset: step(0), end: step(16), pitch: 80 },
    { onset: step(4), end: step(8), pitch: 70 },
  ]);
  assert.deepEqual(
    byHeight(notes, BANDS[1]).map((line) => line.map(({ pitch }) => pitch)),
    [[80], [70]],
  );
});

test('names decide where they tell two roles apart; what bears none is the last role’s', () => {
  const parts = [' MELODY ', 'strings', 'Piano'].map((name, i) => ({
    name,
    notes: lineOf([{ onset: step(i), end: step(i + 1), pitch: 60 + i }]),
  }));
  const pitches = (voicing: Voicing | null) => voicing?.map((line) => line.map(({ pitch }) => pitch));
  assert.deepEqual(pitches(byName({ bars: 1, parts }, BANDS[2])), [[60], [], [61, 62]]);
  assert.equal(byName({ bars: 1, parts: parts.slice(1) }, BANDS[2]), null);
  assert.equal(byName({ bars: 1, parts }, BANDS[3]), null);
});

test('a single plane holds what sounds', () => {
  for (let of = 0; of < 20; of++) {
    const notes = anyLine(of);
    const both = planesOf([notes], BASE, 2);
    assert.deepEqual(planesOf([notes], BASE, 1), both.slice(0, CELLS));
    assert.equal(
      both.slice(CELLS).reduce((sum, p) => sum + p, 0),
      notes.length,
    );
  }
});
