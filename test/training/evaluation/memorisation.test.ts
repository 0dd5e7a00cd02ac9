import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { step } from '#daimon/music/units.js';
import { cutNotes } from '#daimon/training/corpus/grid.js';
import { indexBars } from '#daimon/training/evaluation/bar-index.js';
import { memoryOf, topVoice } from '#daimon/training/evaluation/memorisation.js';
import { nearestPassage } from '#daimon/training/evaluation/nearest-passage.js';
import { melody, moved, note } from './blocks.js';

const random = randomFrom(seed(3));
const songs = Array.from({ length: 5 }, () => ({ bars: 32, notes: melody(random, 32) }));
const nearest = nearestPassage(indexBars(songs));
const passage = cutNotes(songs[3].notes, step(7 * 16), 64);

describe('the nearest passage', () => {
  it('of four bars taken from a song is a copy, in whatever key', () => {
    for (const by of [0, -11, 5, 30]) assert.equal(nearest(moved(passage, by), 8), 1);
  });

  it('is as near as the notes that were kept', () => {
    const changed = passage.map((one, i) => (i === 3 || i === 20 ? { ...one, pitch: one.pitch + 1 } : one));
    assert.equal(nearest(changed, 8), (2 * (passage.length - 2)) / (2 * passage.length));
  });

  it('begins on a bar line: a copy half a bar late is none', () => {
    const late = cutNotes(songs[3].notes, step(7 * 16 + 8), 64);
    assert(nearest(late, 8) < 0.5);
  });

  it('does not run from one song into the next', () => {
    const across = [
      ...cutNotes(songs[0].notes, step(30 * 16), 32),
      ...cutNotes(songs[1].notes, step(0), 32).map((one) => note(one.onset + 32, one.pitch)),
    ];
    assert(nearest(across, 8) < 0.9);
  });

  it('of music without a half bar in common is none', () => {
    assert.equal(nearest([note(1, 60), note(3, 61), note(17, 60), note(35, 90)], 8), 0);
  });
});

describe('memorisation', () => {
  it('of a song played back is whole, of another melody nothing', () => {
    const memory = memoryOf(songs);
    const copied = memory([cutNotes(songs[2].notes, step(0), 256)], 100, randomFrom(seed(1)));
    assert.deepEqual([copied.fourBars.windows, copied.fourBars.shareExact, copied.fourBars.medianBest], [13, 1, 1]);
    const fresh = memory([melody(random, 16)], 100, randomFrom(seed(1)));
    assert.equal(fresh.fourBars.shareNear, 0);
  });

  it('finds a melody again over another accompaniment', () => {
    const over = cutNotes(songs[2].notes, step(0), 256).flatMap((one) => [one, note(one.onset, 40)]);
    const { fourBars, fourBarsTopVoice } = memoryOf(songs)([over], 100, randomFrom(seed(1)));
    assert(fourBars.shareNear < fourBarsTopVoice.shareNear);
    assert.equal(fourBarsTopVoice.shareExact, 1);
  });

  it('says nothing of bars with too few notes to be anybody’s', () => {
    const sparse = Array.from({ length: 16 }, (_, bar) => note(16 * bar, 60 + bar));
    assert.equal(memoryOf(songs)([sparse], 100, randomFrom(seed(1))).twoBars.windows, 0);
  });
});

it('the top voice is the highest note of each onset', () => {
  assert.deepEqual(topVoice([note(0, 60), note(0, 72), note(0, 64), note(4, 50)]), [note(0, 72), note(4, 50)]);
});
