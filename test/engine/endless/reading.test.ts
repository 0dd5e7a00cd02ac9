import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notesOfHalves } from '#daimon/engine/endless/reading.js';
import { byOnset, type Note } from '#daimon/music/note.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';

const STRETCH = 24 * TICKS_PER_BAR;
const LEAD = 4 * TICKS_PER_BAR;

/** Notes from four bars before a block to four bars after it, none of a pitch and channel begun together. */
function anyNotes(random: Random): readonly Note[] {
  const notes = new Map<string, Note>();
  for (let i = 0; i < 300; i++) {
    const note = {
      onset: tick(120 * random.below(STRETCH / 120) - LEAD),
      duration: tick(120 * (1 + random.below(64))),
      pitch: 50 + random.below(10),
      velocity: 80,
      channel: random.below(2),
    };
    notes.set(`${note.onset} ${note.pitch} ${note.channel}`, note);
  }
  return [...notes.values()].sort(byOnset);
}

/** What sixteen bars of them from a column on are read as. */
const readingOf = (notes: readonly Note[]) => (column: number, from: number) => {
  assert.equal(from, column * 32);
  const start = 120 * from;
  return notes
    .filter(({ onset }) => onset >= start && onset < start + TICKS_PER_BLOCK)
    .map((note) => ({
      ...note,
      onset: tick(note.onset - start),
      duration: tick(Math.min(note.duration, start + TICKS_PER_BLOCK - note.onset)),
    }));
};

test("a block's notes are all those that begin in it, by onset, whichever half they begin in", () => {
  for (let trial = 0; trial < 30; trial++) {
    const notes = anyNotes(randomFrom(seed(trial)));
    const told = ({ onset, pitch, channel }: Note): string => `${onset} ${pitch} ${channel}`;
    const wanted = notes.filter(({ onset }) => onset >= 0 && onset < TICKS_PER_BLOCK);
    assert.deepEqual(notesOfHalves(readingOf(notes)).map(told), wanted.map(told));
  }
});

test('a note is as long as it is, until its pitch is struck again, and may pass the end by four bars', () => {
  let over = 0;
  for (let trial = 0; trial < 30; trial++) {
    const notes = anyNotes(randomFrom(seed(trial)));
    for (const { onset, duration, pitch, channel } of notesOfHalves(readingOf(notes))) {
      const isSame = (note: Note): boolean => note.pitch === pitch && note.channel === channel;
      const drawn = notes.find((note) => isSame(note) && note.onset === onset)!;
      const next = notes.find((note) => isSame(note) && note.onset > onset && note.onset < TICKS_PER_BLOCK);
      assert.equal(duration, Math.min(drawn.duration, next === undefined ? STRETCH : next.onset - onset));
      if (onset + duration > TICKS_PER_BLOCK) over++;
    }
  }
  assert.ok(over > 100);
  const drone = [{ onset: tick(TICKS_PER_BLOCK - 120), duration: tick(STRETCH), pitch: 60, velocity: 80, channel: 0 }];
  assert.equal(notesOfHalves(readingOf(drone))[0].duration, LEAD + 120);
});
