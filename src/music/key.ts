import { namesOf } from './parameter.js';
import { pitchClassOf } from './pitch-class.js';

/** Tonics as musicians spell them. */
const TONICS = {
  C: 0,
  'C#': 1,
  Db: 1,
  D: 2,
  'D#': 3,
  Eb: 3,
  E: 4,
  F: 5,
  'F#': 6,
  Gb: 6,
  G: 7,
  'G#': 8,
  Ab: 8,
  A: 9,
  'A#': 10,
  Bb: 10,
  B: 11,
} as const;

/** Of music drawn in C major or A minor. */
const HOMES = { major: TONICS.C, minor: TONICS.A } as const;

/** What a model drew stays where it is. */
export const AS_DRAWN = 'as drawn';

/** A major or minor key, or as the model drew it. */
export type Key = typeof AS_DRAWN | `${keyof typeof TONICS} ${keyof typeof HOMES}`;

/** Pitch classes: on which a key stands, and on which stands what is moved to it. */
interface Place {
  readonly tonic: number;
  readonly home: number;
}

const UNMOVED: Place = { tonic: TONICS.C, home: TONICS.C };

const PLACES: ReadonlyMap<Key, Place> = new Map<Key, Place>([
  [AS_DRAWN, UNMOVED],
  ...namesOf(HOMES).flatMap((mode) =>
    namesOf(TONICS).map((tonic) => [`${tonic} ${mode}`, { tonic: TONICS[tonic], home: HOMES[mode] }] as const),
  ),
]);

export const KEYS: readonly Key[] = [...PLACES.keys()];

const placeOf = (key: Key): Place => PLACES.get(key) ?? UNMOVED;

/** The pitch class on which a key stands; C where nothing is moved. */
export const tonicOf = (key: Key): number => placeOf(key).tonic;

/** Moves lie in -6..5 semitones: each key has one, and the nearest. */
const LOWEST_MOVE = -6;

/** Semitones, -6..5, that take music in C major or A minor to the key: of a minor key the notes of A minor become its own. */
export function moveTo(key: Key): number {
  const { tonic, home } = placeOf(key);
  return pitchClassOf(tonic - home - LOWEST_MOVE) + LOWEST_MOVE;
}
