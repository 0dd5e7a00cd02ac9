import { namesOf } from './parameter.js';

/** Scales by name, as semitones above the tonic. */
export const SCALES = {
  chromatic: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  ionian: [0, 2, 4, 5, 7, 9, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  aeolian: [0, 2, 3, 5, 7, 8, 10],
  locrian: [0, 1, 3, 5, 6, 8, 10],
  'harmonic minor': [0, 2, 3, 5, 7, 8, 11],
  'melodic minor': [0, 2, 3, 5, 7, 9, 11],
  'harmonic major': [0, 2, 4, 5, 7, 8, 11],
  'phrygian dominant': [0, 1, 4, 5, 7, 8, 10],
  'lydian dominant': [0, 2, 4, 6, 7, 9, 10],
  'double harmonic': [0, 1, 4, 5, 7, 8, 11],
  'hungarian minor': [0, 2, 3, 6, 7, 8, 11],
  altered: [0, 1, 3, 4, 6, 8, 10],
  'major pentatonic': [0, 2, 4, 7, 9],
  'minor pentatonic': [0, 3, 5, 7, 10],
  blues: [0, 3, 5, 6, 7, 10],
  'whole tone': [0, 2, 4, 6, 8, 10],
  'half-whole': [0, 1, 3, 4, 6, 7, 9, 10],
  'whole-half': [0, 2, 3, 5, 6, 8, 9, 11],
  hirajoshi: [0, 2, 3, 7, 8],
  'in sen': [0, 1, 5, 7, 10],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type ScaleName = keyof typeof SCALES;

/** All twelve: nothing is out of it. */
export const CHROMATIC = 'chromatic';

export const SCALE_NAMES: readonly ScaleName[] = namesOf(SCALES);

/** A scale by its name or as it is, in semitones above the tonic. */
export const degreesOf = (scale: ScaleName | readonly number[]): readonly number[] =>
  typeof scale === 'string' ? SCALES[scale] : scale;
