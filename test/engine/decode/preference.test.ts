import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { preferenceOf, shiftOf } from '#daimon/engine/decode/preference.js';
import type { Chord } from '#daimon/music/chord.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { step } from '#daimon/music/units.js';

const D_MAJOR: Chord = { step: step(0), pitchClasses: [2, 6, 9] };
const SILENCE: Chord = { step: step(16), pitchClasses: [] };
const BEAT = { start: 0, length: 4 };
const PASSING = { start: 3, length: 1 };
const F_SHARP = 6;
const F = 5;

const preference = (choices: Partial<Decoding>, chords: readonly Chord[] = []) =>
  preferenceOf({ ...DEFAULT_DECODING, ...choices }, chords);

describe('a preference', () => {
  it('is none where no scale is named and nobody follows, or no chord is there', () => {
    assert.equal(preference({}), null);
    assert.equal(preference({ key: 'D minor', transpose: 5 }, [D_MAJOR]), null);
    assert.equal(preference({ follow: 1 }), null);
  });

  it('of a scale alone has its tones sound and no other', () => {
    const weights = preference({ scale: 'dorian', key: 'D minor' })!(BEAT, 1);
    assert.deepEqual(
      [...weights].flatMap((weight, pitchClass) => (weight === 0 ? [pitchClass] : [])),
      [0, 2, 4, 5, 7, 9, 11],
    );
    assert.equal(weights[F_SHARP], Number.NEGATIVE_INFINITY);
  });

  it('has the tones of a chord sound, of the scale or not, and none where the chord has ended', () => {
    const following = preference({ scale: 'major', follow: 0.5 }, [D_MAJOR, SILENCE])!;
    assert.deepEqual(
      [following(BEAT, 1)[F_SHARP], following({ start: 16, length: 4 }, 1)[F_SHARP]],
      [0, Number.NEGATIVE_INFINITY],
    );
    assert.equal(following({ start: 16, length: 4 }, 1)[F], 0);
  });

  it('minds a foreign tone the more, the stronger it follows; whole, it has none', () => {
    const weight = (follow: number): number => preference({ follow }, [D_MAJOR])!(BEAT, null)[F];
    assert.ok(weight(0.2) < 0 && weight(0.5) < weight(0.2) && weight(0.9) < weight(0.5));
    assert.equal(weight(1), Number.NEGATIVE_INFINITY);
  });

  it('is freer with a melody than with what accompanies it, and freest with a note in passing', () => {
    const following = preference({ follow: 0.7 }, [D_MAJOR])!;
    assert.ok(following(PASSING, 1)[F] > following(BEAT, 1)[F]);
    assert.ok(following(BEAT, 1)[F] > following(PASSING, null)[F]);
  });
});

describe('the shift to what is heard', () => {
  it('is the key’s move, the semitones and the octaves together', () => {
    assert.equal(shiftOf({ ...DEFAULT_DECODING, key: 'D minor', transpose: -3, octave: 2 }), 5 - 3 + 24);
  });
});
