import { type Chord, chordOver } from '../../music/chord.js';
import type { Decoding } from '../../music/decoding.js';
import { moveTo, tonicOf } from '../../music/key.js';
import { OCTAVE, pitchClassOf, pitchClassSet } from '../../music/pitch-class.js';
import { CHROMATIC, degreesOf } from '../../music/scale.js';
import { STEPS_PER_BEAT } from '../../music/units.js';
import type { Span } from './spans.js';
import { metricWeight } from './velocity.js';

/**
 * How much a note is to be preferred at each pitch class, as it is heard: the logarithm of a weight, 0 where nothing
 * speaks against it, as of one at least, and -Infinity where it may not sound. `voices` are its role's.
 */
export type Preference = (span: Pick<Span, 'start' | 'length'>, voices: 1 | null) => Float64Array;

/** How fast strength tells: a tone of the chord weighs (1 - strength) to the minus this times as much as another. */
const STEEPNESS = 5;
/**
 * The same of a role of one voice, a melody, and of its notes in passing, off the beat and shorter than one: it is free
 * of the chords as far as in real songs, when what accompanies it is (`npm run bench -- chords`).
 */
const STEEPNESS_OF_LINE = 1.6;
const STEEPNESS_IN_PASSING = 0.8;

/** What is added to a row of the roll, with its base pitch, to give the pitch that is heard. */
export const shiftOf = ({ key, transpose, octave }: Decoding): number => moveTo(key) + transpose + OCTAVE * octave;

/** Null where all pitches are as welcome as the roll has them. */
export function preferenceOf({ scale, key, follow }: Decoding, chords: readonly Chord[]): Preference | null {
  const followed = follow === 0 ? [] : chords;
  if (scale === CHROMATIC && followed.length === 0) return null;
  const inScale = pitchClassSet(degreesOf(scale), tonicOf(key));
  const outOfScale = Float64Array.from(inScale, (one) => (one === 1 ? 0 : Number.NEGATIVE_INFINITY));
  const known = new Map<Chord, Map<number, Float64Array>>(followed.map((chord) => [chord, new Map()]));
  return (span, voices) => {
    const chord = chordOver(followed, span.start, span.length);
    if (chord === null || chord.pitchClasses.length === 0) return outOfScale;
    const steep = steepness(span, voices);
    const before = known.get(chord)?.get(steep);
    if (before !== undefined) return before;
    const weights = outOfScale.map((weight) => weight + steep * Math.log(1 - follow));
    // a chord's own tones sound, of the scale or not: whoever holds D major in C wants to hear F sharp
    for (const tone of chord.pitchClasses) weights[pitchClassOf(tone)] = 0;
    known.get(chord)?.set(steep, weights);
    return weights;
  };
}

function steepness({ start, length }: Pick<Span, 'start' | 'length'>, voices: 1 | null): number {
  if (voices === null) return STEEPNESS;
  return metricWeight(start) === 0 && length < STEPS_PER_BEAT ? STEEPNESS_IN_PASSING : STEEPNESS_OF_LINE;
}
