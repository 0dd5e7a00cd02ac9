import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../music/units.js';
import type { GridNote } from '../corpus/grid.js';
import { majorFits } from '../corpus/key.js';

/** What is measured on one block. A block without notes is 0 in everything but `emptyBarRatio`, where it is 1. */
export interface Features {
  /** Share of the bars in which nothing sounds (MuseGAN's EB). */
  readonly emptyBarRatio: number;
  /** Onsets a bar. */
  readonly notesPerBar: number;
  /** Share of the steps on which two or more pitches sound (MusPy's polyphony rate). */
  readonly polyphonicity: number;
  /** Share of notes of two steps or more (after MuseGAN's QN). Low: fragments. */
  readonly qualifiedNotes: number;
  /** Pitch classes that sound in a bar, mean over the bars that are not empty (MuseGAN's UPC). */
  readonly usedPitchClasses: number;
  /** Semitones from the lowest to the highest pitch. */
  readonly pitchRange: number;
  /** Steps. */
  readonly meanLength: number;
  /** Share of notes in the major scale that fits best (MusPy). */
  readonly scaleConsistency: number;
  /** 1 - the mean share of places at which the onset patterns of neighbouring bars differ (MusPy). */
  readonly grooveConsistency: number;
  /** Mean over pairs of bars of the Dice overlap of their onsets, 2|A and B| / (|A| + |B|); pairs of empty bars left out. */
  readonly barSelfSimilarity: number;
}

const EMPTY: Features = {
  emptyBarRatio: 1,
  notesPerBar: 0,
  polyphonicity: 0,
  qualifiedNotes: 0,
  usedPitchClasses: 0,
  pitchRange: 0,
  meanLength: 0,
  scaleConsistency: 0,
  grooveConsistency: 0,
  barSelfSimilarity: 0,
};

/** The shortest note that counts as more than a fragment, in steps: an eighth. */
const QUALIFIED_STEPS = 2;

/** Notes of one block: 256 steps, one note per pitch and onset. */
export function featuresOf(notes: readonly GridNote[]): Features {
  if (notes.length === 0) return EMPTY;
  const classes = classesPerBar(notes).filter((bar) => bar.size > 0);
  const pitches = notes.map(({ pitch }) => pitch);
  return {
    emptyBarRatio: 1 - classes.length / BARS_PER_BLOCK,
    notesPerBar: notes.length / BARS_PER_BLOCK,
    polyphonicity: polyphonicity(notes),
    qualifiedNotes: notes.filter(({ onset, end }) => end - onset >= QUALIFIED_STEPS).length / notes.length,
    usedPitchClasses: mean(classes.map((bar) => bar.size)),
    pitchRange: Math.max(...pitches) - Math.min(...pitches),
    meanLength: mean(notes.map(({ onset, end }) => end - onset)),
    scaleConsistency: Math.max(...majorFits(notes)),
    grooveConsistency: grooveConsistency(notes),
    barSelfSimilarity: barSelfSimilarity(notes),
  };
}

function classesPerBar(notes: readonly GridNote[]): Set<number>[] {
  const bars = Array.from({ length: BARS_PER_BLOCK }, () => new Set<number>());
  for (const { onset, end, pitch } of notes) {
    for (let bar = barOf(onset); bar <= barOf(end - 1); bar++) bars[bar].add(pitch % 12);
  }
  return bars;
}

function polyphonicity(notes: readonly GridNote[]): number {
  const sounding = Array.from({ length: STEPS_PER_BLOCK }, () => new Set<number>());
  for (const { onset, end, pitch } of notes) {
    for (let s: number = onset; s < end; s++) sounding[s].add(pitch);
  }
  return sounding.filter((pitches) => pitches.size >= 2).length / STEPS_PER_BLOCK;
}

function grooveConsistency(notes: readonly GridNote[]): number {
  const struck = new Uint8Array(STEPS_PER_BLOCK);
  for (const { onset } of notes) struck[onset] = 1;
  let differing = 0;
  for (let s = STEPS_PER_BAR; s < STEPS_PER_BLOCK; s++) if (struck[s] !== struck[s - STEPS_PER_BAR]) differing++;
  return 1 - differing / (STEPS_PER_BLOCK - STEPS_PER_BAR);
}

function barSelfSimilarity(notes: readonly GridNote[]): number {
  const bars = Array.from({ length: BARS_PER_BLOCK }, () => new Set<number>());
  for (const { onset, pitch } of notes) bars[barOf(onset)].add(pitch * STEPS_PER_BAR + (onset % STEPS_PER_BAR));
  const overlaps: number[] = [];
  for (let a = 0; a < bars.length; a++) {
    for (let b = a + 1; b < bars.length; b++) {
      const both = bars[a].size + bars[b].size;
      if (both === 0) continue;
      let shared = 0;
      for (const onset of bars[a]) if (bars[b].has(onset)) shared++;
      overlaps.push((2 * shared) / both);
    }
  }
  return mean(overlaps);
}

const barOf = (s: number): number => Math.floor(s / STEPS_PER_BAR);

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Spread {
  readonly mean: number;
  /** Standard deviation over the whole set. */
  readonly deviation: number;
}

export type FeatureSummary = { readonly [Name in keyof Features]: Spread };

/** Mean and standard deviation of each feature over a set of blocks, given as their notes. */
export function summarise(blocks: Iterable<readonly GridNote[]>): FeatureSummary {
  const all = Array.from(blocks, featuresOf);
  const spread = (name: keyof Features): Spread => {
    const values = all.map((features) => features[name]);
    const centre = mean(values);
    return { mean: centre, deviation: Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) };
  };
  return {
    emptyBarRatio: spread('emptyBarRatio'),
    notesPerBar: spread('notesPerBar'),
    polyphonicity: spread('polyphonicity'),
    qualifiedNotes: spread('qualifiedNotes'),
    usedPitchClasses: spread('usedPitchClasses'),
    pitchRange: spread('pitchRange'),
    meanLength: spread('meanLength'),
    scaleConsistency: spread('scaleConsistency'),
    grooveConsistency: spread('grooveConsistency'),
    barSelfSimilarity: spread('barSelfSimilarity'),
  };
}
