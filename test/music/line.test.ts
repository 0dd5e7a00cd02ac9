import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutNotes, type GridNote, lineOf, onGrid, verses } from '#daimon/music/line.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { STEPS_PER_BAR, STEPS_PER_BLOCK, step, TICKS_PER_BEAT, TICKS_PER_STEP } from '#daimon/music/units.js';

/** Any notes, in any order, often on one place. */
export function anyNotes(of: number): GridNote[] {
  const random = randomFrom(seed(of));
  return Array.from({ length: random.below(120) }, () => {
    const onset = random.below(STEPS_PER_BLOCK);
    return { onset: step(onset), end: step(onset + 1 + random.below(20)), pitch: 48 + random.below(12) };
  });
}

const TRIALS = Array.from({ length: 40 }, (_, of) => of);

test('in a line no note overlaps another of its pitch, and every place struck is struck once', () => {
  for (const of of TRIALS) {
    const notes = anyNotes(of);
    const line = lineOf(notes);
    const places = (all: readonly GridNote[]) => new Set(all.map(({ onset, pitch }) => `${onset} ${pitch}`));
    assert.deepEqual(places(line), places(notes));
    assert.equal(line.length, places(line).size);
    line.forEach((note, i) => {
      assert.ok(note.end > note.onset);
      const next = line.slice(i + 1).find(({ pitch }) => pitch === note.pitch);
      assert.ok(next === undefined || next.onset >= note.end);
      const later = line[i + 1];
      assert.ok(later === undefined || later.onset > note.onset || later.pitch > note.pitch);
    });
  }
});

test('a line of a line, and of its notes in another order, is the line itself', () => {
  for (const of of TRIALS) {
    const line = lineOf(anyNotes(of));
    assert.deepEqual(lineOf(line), line);
    assert.deepEqual(lineOf(line.toReversed()), line);
  }
});

test('a note played less than half a step away falls on its place; the shortest lasts a step', () => {
  for (const of of TRIALS) {
    const random = randomFrom(seed(of));
    const near = (at: number) => at * TICKS_PER_STEP + random.below(TICKS_PER_STEP - 1) - TICKS_PER_STEP / 2 + 1;
    const [onset, length] = [1 + random.below(200), 1 + random.below(20)];
    const played = { onset: near(onset), end: near(onset + length), pitch: 60 };
    assert.deepEqual(onGrid(played, TICKS_PER_BEAT), { onset, end: onset + length, pitch: 60 });
    assert.equal(onGrid({ ...played, end: played.onset }, TICKS_PER_BEAT).end, onset + 1);
  }
});

test('verses hold the bars over and over, and nothing past the block', () => {
  for (const of of TRIALS) {
    const line = lineOf(anyNotes(of));
    const span = step((1 + (of % 16)) * STEPS_PER_BAR);
    const all = verses(line, step(0), span);
    assert.ok(all.every(({ end }) => end <= STEPS_PER_BLOCK));
    for (let at = 0; at + span <= STEPS_PER_BLOCK; at += span) {
      assert.deepEqual(cutNotes(all, step(at), span), cutNotes(line, step(0), span));
    }
  }
});
