import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phrase } from '#daimon/music/phrase.js';
import { readMidi } from '#daimon/smf/midi-file.js';
import { phraseOf } from '#daimon/smf/phrase.js';
import { BAR, type Event, meterEvent, noteEvents, QUARTER, scaleEvents, songBytes, trackName } from './smf-bytes.js';

function phraseIn(tracks: readonly (readonly Event[])[], bar: number | null = null): Phrase | null {
  const file = readMidi(songBytes(...tracks));
  assert(file.kind === 'song');
  return phraseOf(file, bar);
}

/** A whole note in each bar, of a pitch that counts them. */
const bars = (from: number, count: number): Event[] =>
  Array.from({ length: count }, (_, i) => noteEvents((from + i) * BAR, (from + i + 1) * BAR, 40 + from + i)).flat();
const pitches = (phrase: Phrase | null) => phrase?.parts.flatMap(({ notes }) => notes.map(({ pitch }) => pitch));

test('a phrase begins in the first bar with a note and has at most 16 bars', () => {
  const phrase = phraseIn([bars(3, 20)]);
  assert.equal(phrase?.bars, 16);
  assert.deepEqual(
    pitches(phrase),
    Array.from({ length: 16 }, (_, i) => 43 + i),
  );
  assert.equal(phrase?.parts[0].notes[0].onset, 0);
});

test('it may begin in any bar, and ends with the last one in which a note begins', () => {
  assert.deepEqual(pitches(phraseIn([bars(0, 6)], 5)), [44, 45]);
  assert.equal(phraseIn([[...bars(0, 1), ...noteEvents(3 * BAR, 9 * BAR, 60)]])?.bars, 4);
  assert.equal(phraseIn([bars(0, 6)], 7), null);
});

test('tracks and channels are parts of their own, and drums are none', () => {
  const tracks = [
    [trackName('Right'), ...scaleEvents(2, [60, 62])],
    [trackName('Left'), ...noteEvents(0, BAR, 48), ...noteEvents(QUARTER, BAR, 36, 9), ...noteEvents(0, BAR, 50, 3)],
  ];
  const phrase = phraseIn(tracks);
  assert.deepEqual(
    phrase?.parts.map(({ name, notes }) => [name, notes.length]),
    [
      ['Right', 8],
      ['Left', 1],
      ['Left', 1],
    ],
  );
  assert.equal(phraseIn([noteEvents(0, BAR, 36, 9)]), null);
});

test('bars of another meter are passed over', () => {
  const waltz = [meterEvent(0, 3, 2), ...noteEvents(0, QUARTER, 60)];
  assert.equal(phraseIn([waltz]), null);
  const then = [...waltz, meterEvent(3 * QUARTER, 4, 2), ...noteEvents(3 * QUARTER, 4 * QUARTER, 72)];
  assert.deepEqual(pitches(phraseIn([then])), [72]);
});
