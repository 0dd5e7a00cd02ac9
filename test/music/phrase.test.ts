import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from '#daimon/music/line.js';
import { filling, movedInto, type Phrase, phraseNotes } from '#daimon/music/phrase.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { step } from '#daimon/music/units.js';

const line = (...notes: readonly (readonly [number, number, number])[]) =>
  lineOf(notes.map(([onset, end, pitch]) => ({ onset: step(onset), end: step(end), pitch })));

test('a phrase of two bars is heard eight times in a block', () => {
  const phrase: Phrase = { bars: 2, parts: [{ name: '', notes: line([0, 4, 60], [20, 40, 64]) }] };
  const all = filling(phraseNotes(phrase), phrase);
  assert.deepEqual(
    all.map(({ onset }) => onset),
    [0, 20, 32, 52, 64, 84, 96, 116, 128, 148, 160, 180, 192, 212, 224, 244],
  );
  assert.deepEqual(
    all.filter(({ pitch }) => pitch === 64).map(({ onset, end }) => end - onset),
    Array.from({ length: 8 }, () => 12),
    'a note is cut where its phrase ends',
  );
});

test('parts that meet on a pitch are one note', () => {
  const parts = [line([0, 4, 60]), line([0, 8, 60], [4, 6, 60])].map((notes) => ({ name: '', notes }));
  assert.deepEqual(phraseNotes({ bars: 1, parts }), line([0, 4, 60], [4, 6, 60]));
});

test('what lies outside the window comes into it by octaves, and what lies inside is only moved', () => {
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const [lowest, pitches, move] = [random.below(64), 12 + random.below(52), random.below(12) - 6];
    for (let pitch = 0; pitch < 128; pitch++) {
      const [moved] = movedInto(line([0, 1, pitch]), move, lowest, pitches);
      assert.ok(moved.pitch >= lowest && moved.pitch < lowest + pitches);
      assert.equal((((moved.pitch - pitch - move) % 12) + 12) % 12, 0);
      const wanted = pitch + move;
      if (wanted >= lowest && wanted < lowest + pitches) assert.equal(moved.pitch, wanted);
      else assert.ok(moved.pitch < lowest + 12 || moved.pitch >= lowest + pitches - 12, 'no further than needed');
    }
  }
});
