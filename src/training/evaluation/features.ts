import type { GridNote } from '../corpus/grid.js';
import { pitchFeatures } from './features/pitches.js';
import { repetitionFeatures } from './features/repetition.js';
import { rhythmFeatures } from './features/rhythm.js';
import { soundingFeatures } from './features/sounding.js';

/** What is measured on one block. Without notes it is 0 in everything but `emptyBarRatio` and `tonalDistance`. */
export interface Features {
  /** Share of the bars in which nothing sounds (MuseGAN's EB). */
  readonly emptyBarRatio: number;
  /** Pitch classes that sound in a bar, mean over the bars that are not empty (MuseGAN's UPC). */
  readonly usedPitchClasses: number;
  /** Share of notes of two steps or more (after MuseGAN's QN). Low: fragments. */
  readonly qualifiedNotes: number;
  /** Share of the steps on which two or more pitches sound (MusPy's polyphony rate). */
  readonly polyphonicity: number;
  /** Harte's, between the top voice and what sounds below it, per half bar (MuseGAN's TD). NaN: never two voices. */
  readonly tonalDistance: number;
  /** Share of notes in the major scale that fits best (MusPy). */
  readonly scaleConsistency: number;
  /** Semitones from the lowest to the highest pitch. */
  readonly pitchRange: number;
  /** Mean MIDI pitch of the notes. */
  readonly meanPitch: number;
  /** How many different pitches. */
  readonly pitchCount: number;
  /** Onsets a bar. */
  readonly notesPerBar: number;
  /** Steps from one onset to the next. */
  readonly meanIoi: number;
  /** Semitones from each top note to the next. */
  readonly meanInterval: number;
  /** Steps. */
  readonly meanLength: number;
  /** 1 - the mean share of places at which the onset patterns of neighbouring bars differ (MusPy). */
  readonly grooveConsistency: number;
  /** Mean over pairs of bars of the Dice overlap of their onsets, 2|A and B| / (|A| + |B|). */
  readonly barSelfSimilarity: number;
  /** The same over bars 1, 2, 4 and 8 apart, then the best match of each bar among all others. */
  readonly lagSimilarity: Float64Array;
  /** Shares of notes of 1, 2, 3, 4, 5-6, 7-8, 9-12, 13-16, 17-32 and more steps. */
  readonly lengthShares: Float64Array;
  /** Shares of notes that begin on each of the 16 steps of a bar. */
  readonly onsetShares: Float64Array;
  /** Shares of notes per pitch class, from the tonic of the best scale up. */
  readonly pitchClassShares: Float64Array;
  /** Shares of the top voice's moves from one pitch class (12 rows) to another, likewise from the tonic up. */
  readonly pitchClassMoves: Float64Array;
}

export type Scalar = { [Name in keyof Features]: Features[Name] extends number ? Name : never }[keyof Features];

const EMPTY: Features = {
  emptyBarRatio: 1,
  usedPitchClasses: 0,
  qualifiedNotes: 0,
  polyphonicity: 0,
  tonalDistance: Number.NaN,
  scaleConsistency: 0,
  pitchRange: 0,
  meanPitch: 0,
  pitchCount: 0,
  notesPerBar: 0,
  meanIoi: 0,
  meanInterval: 0,
  meanLength: 0,
  grooveConsistency: 0,
  barSelfSimilarity: 0,
  lagSimilarity: new Float64Array(5),
  lengthShares: new Float64Array(10),
  onsetShares: new Float64Array(16),
  pitchClassShares: new Float64Array(12),
  pitchClassMoves: new Float64Array(144),
};

export const FEATURES = Object.keys(EMPTY) as readonly (keyof Features)[];
/** Something for each feature, made from its name. */
export const forEachFeature = <T>(make: (name: keyof Features) => T): Readonly<Record<keyof Features, T>> =>
  Object.fromEntries(FEATURES.map((name) => [name, make(name)])) as Record<keyof Features, T>;
export const SCALARS = FEATURES.filter((name): name is Scalar => typeof EMPTY[name] === 'number');
/** How many numbers a feature is. */
export const sizeOf = (name: keyof Features): number => {
  const value = EMPTY[name];
  return typeof value === 'number' ? 1 : value.length;
};

/** Notes of one block: 256 steps, one note per pitch and onset, none of one pitch overlapping. */
export const featuresOf = (notes: readonly GridNote[]): Features =>
  notes.length === 0
    ? EMPTY
    : { ...soundingFeatures(notes), ...rhythmFeatures(notes), ...pitchFeatures(notes), ...repetitionFeatures(notes) };
