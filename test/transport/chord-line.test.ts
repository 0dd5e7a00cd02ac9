import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tick } from '#daimon/music/units.js';
import { type ChordLine, chordsIn, MOST_CHORDS, withChord } from '#daimon/transport/chord-line.js';
import { bars } from './stage.js';

const chord = (at: number, root: number) => ({ tick: tick(at), pitchClasses: [root, (root + 7) % 12] });
const line = [chord(0, 0), chord(bars(4), 5), chord(bars(15) + 1910, 7)].reduce<ChordLine>(withChord, []);

test('a block follows what holds at its start, and what is played in it, from the nearest step on', () => {
  assert.deepEqual(
    chordsIn(line, tick(0)).map(({ step, pitchClasses: [root] }) => [step, root]),
    [
      [0, 0],
      [64, 5],
    ],
  );
});

test('a chord struck a little early is there from the first step of the block that it is meant for', () => {
  assert.deepEqual(
    chordsIn(line, bars(16)).map(({ step, pitchClasses: [root] }) => [step, root]),
    [[0, 7]],
  );
});

test('what is played over what was played before takes its place, from there to the end', () => {
  const again = withChord(line, chord(bars(2), 9));
  assert.deepEqual(
    again.map(({ tick: at, pitchClasses: [root] }) => [at, root]),
    [
      [0, 0],
      [bars(2), 9],
    ],
  );
});

test('before the first chord there is none to follow', () => {
  assert.deepEqual(chordsIn([chord(bars(20), 0)], tick(0)), []);
});

test('of more chords than are kept, the first are forgotten', () => {
  let long: ChordLine = [];
  for (let i = 0; i < MOST_CHORDS + 5; i++) long = withChord(long, chord(i * 480, 0));
  assert.deepEqual([long.length, long[0].tick], [MOST_CHORDS, 5 * 480]);
});
