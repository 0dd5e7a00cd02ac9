import { STEPS_PER_BAR, type Step } from '#daimon/music/units.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';

/** How far music goes on over a bar line, each the greater the less it does. */
export interface Seam {
  /** Of the bars before and after: 1 - the Dice overlap of the sixteenths that are struck. */
  readonly rhythm: number;
  /** Of the two bars before and after: 1 - the Dice overlap of onsets, sixteenth and pitch. */
  readonly notes: number;
  /** Of the same: half the sum of differences of the pitch classes' shares of what sounds, 0..1. */
  readonly harmony: number;
  /** Semitones from the highest note of the last onset before the line to that of the first one from it on. */
  readonly leap: number;
  /** Doublings of the number of notes. */
  readonly density: number;
  /** Semitones that the mean pitch moves by. */
  readonly register: number;
  /** Of the notes that sound on the line, the share that is struck there; 1 where none sounds. */
  readonly struck: number;
}

export const SEAM_FIGURES = [
  'rhythm',
  'notes',
  'harmony',
  'leap',
  'density',
  'register',
  'struck',
] as const satisfies readonly (keyof Seam)[];

const COLUMN = 2 * STEPS_PER_BAR;

/** The seam at a bar line; null where the two bars before or after it have no onset. `notes` by onset. */
export function seamAt(notes: readonly GridNote[], line: Step): Seam | null {
  const near = notes.filter(({ onset, end }) => end > line - COLUMN && onset < line + COLUMN);
  const before = near.filter(({ onset }) => onset >= line - COLUMN && onset < line);
  const after = near.filter(({ onset }) => onset >= line);
  if (before.length === 0 || after.length === 0) return null;
  const last = before.at(-1)!.onset;
  const first = after[0].onset;
  const sounding = near.filter(({ onset, end }) => onset <= line && end > line);
  return {
    rhythm: unlike(rhythmOf(before, line - STEPS_PER_BAR), rhythmOf(after, line, line + STEPS_PER_BAR)),
    notes: unlike(onsetsOf(before, line - COLUMN), onsetsOf(after, line)),
    harmony: apart(pitchClasses(near, line - COLUMN, line), pitchClasses(near, line, line + COLUMN)),
    leap: Math.abs(highestAt(before, last) - highestAt(after, first)),
    density: Math.abs(Math.log2((1 + after.length) / (1 + before.length))),
    register: Math.abs(meanPitch(before) - meanPitch(after)),
    struck: sounding.length === 0 ? 1 : sounding.filter(({ onset }) => onset === line).length / sounding.length,
  };
}

const rhythmOf = (notes: readonly GridNote[], from: number, to = Number.POSITIVE_INFINITY): ReadonlySet<number> =>
  new Set(notes.filter(({ onset }) => onset >= from && onset < to).map(({ onset }) => onset - from));

const onsetsOf = (notes: readonly GridNote[], from: number): ReadonlySet<number> =>
  new Set(notes.map(({ onset, pitch }) => (onset - from) * 128 + pitch));

/** 1 - Dice; nothing is like nothing. */
function unlike(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = a.size + b.size;
  const shared = [...a].filter((each) => b.has(each)).length;
  return both === 0 ? 0 : 1 - (2 * shared) / both;
}

/** Shares of the twelve pitch classes in what sounds between two steps. */
function pitchClasses(notes: readonly GridNote[], from: number, to: number): readonly number[] {
  const shares = new Array<number>(12).fill(0);
  let total = 0;
  for (const { onset, end, pitch } of notes) {
    const length = Math.min(end, to) - Math.max(onset, from);
    if (length <= 0) continue;
    shares[pitch % 12] += length;
    total += length;
  }
  return shares.map((share) => share / total);
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, share, i) => sum + Math.abs(share - b[i]), 0) / 2;

const highestAt = (notes: readonly GridNote[], at: number): number =>
  Math.max(...notes.filter(({ onset }) => onset === at).map(({ pitch }) => pitch));

const meanPitch = (notes: readonly GridNote[]): number =>
  notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length;
