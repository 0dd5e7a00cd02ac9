import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Chord, chordOver } from '#daimon/music/chord.js';
import { step } from '#daimon/music/units.js';

const C: Chord = { step: step(4), pitchClasses: [0, 4, 7] };
const G: Chord = { step: step(8), pitchClasses: [7, 11, 2] };

describe('the chord over a note', () => {
  const over = (start: number, length: number): Chord | null => chordOver([C, G], start, length);

  it('is the one that holds when it begins and ends', () => {
    assert.deepEqual([over(4, 4), over(5, 1), over(8, 100)], [C, C, G]);
  });

  it('is the one that holds for most of it: a note that comes early belongs to the next', () => {
    assert.deepEqual([over(7, 4), over(7, 2), over(5, 6)], [G, C, C]);
  });

  it('is none before the first chord, nor where there are no chords', () => {
    assert.deepEqual([over(0, 4), over(0, 9), over(3, 2)], [null, null, null]);
    assert.equal(over(3, 3), C);
    assert.equal(chordOver([], 0, 16), null);
  });
});
