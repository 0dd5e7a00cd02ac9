import { type Chord, chordOver } from '#daimon/music/chord.js';
import { pitchClassOf, pitchClassSet } from '#daimon/music/pitch-class.js';
import { cell, PITCHES, type PianoRoll } from '#daimon/music/roll.js';
import { SCALES } from '#daimon/music/scale.js';
import { BARS_PER_BLOCK, STEPS_PER_BEAT, STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { mean } from './figures.js';

/** A note on the block's grid, with its role's place. */
export interface HeardNote {
  readonly start: number;
  readonly length: number;
  readonly pitch: number;
  readonly role: number;
}

/** What is counted of one block, to be added to that of others: pairs of a sum and of what it is a mean over. */
export type Sums = Readonly<Record<string, readonly [number, number]>>;

/** The scale of the songs, all moved to C major or A minor. */
const SCALE = pitchClassSet(SCALES.major);

/** How far notes keep to the chords, how sure the roll is of them, and how far they leap. */
export function sumsOf(notes: readonly HeardNote[], chords: readonly Chord[], roll: PianoRoll | null): Sums {
  const tonesAt = (step: number): readonly number[] => chordOver(chords, step, 1)?.pitchClasses ?? [];
  const isTone = ({ start, pitch }: HeardNote): boolean => tonesAt(start).includes(pitchClassOf(pitch));
  const isInScale = (note: HeardNote): boolean => isTone(note) || SCALE[pitchClassOf(note.pitch)] === 1;
  const over = notes.filter(({ start }) => tonesAt(start).length > 0);
  const melody = over.filter(({ role }) => role === 0);
  const steps = over.flatMap((note) =>
    Array.from({ length: note.length }, (_, i) => ({ ...note, start: note.start + i })),
  );
  return {
    inChord: shareOf(over, isTone),
    melody: shareOf(melody, isTone),
    beats: shareOf(
      melody.filter(({ start }) => start % STEPS_PER_BEAT === 0),
      isTone,
    ),
    time: shareOf(
      steps.filter(({ start }) => tonesAt(start).length > 0),
      isTone,
    ),
    inScale: shareOf(over, isInScale),
    own: roll === null ? [0, 0] : ownProbability(notes, roll),
    top: leapsOf(skyline(notes)),
    leaps: leapsOf(skyline(notes.filter(({ role }) => role === 0))),
    notes: [notes.length, BARS_PER_BLOCK],
  };
}

const shareOf = (notes: readonly HeardNote[], of: (note: HeardNote) => boolean): readonly [number, number] => [
  notes.filter(of).length,
  notes.length,
];

/** What the roll gives each note: the mean of its onset and of its sounding over its length. */
function ownProbability(notes: readonly HeardNote[], { basePitch, roles }: PianoRoll): readonly [number, number] {
  const inside = notes.filter(({ pitch }) => pitch >= basePitch && pitch < basePitch + PITCHES);
  const sum = inside.reduce((before, { start, length, pitch, role }) => {
    const { sounding, onset } = roles[role]!;
    const at = cell(pitch - basePitch, start);
    return before + ((onset?.[at] ?? 0) + mean([...sounding.subarray(at, at + length)])) / 2;
  }, 0);
  return [sum, inside.length];
}

/** The highest note that begins on each step. */
function skyline(notes: readonly HeardNote[]): readonly number[] {
  const top = new Array<number>(STEPS_PER_BLOCK).fill(-1);
  for (const { start, pitch } of notes) top[start] = Math.max(top[start]!, pitch);
  return top.filter((pitch) => pitch >= 0);
}

/** Sum of the absolute intervals from note to note, in semitones, and their number. */
const leapsOf = (pitches: readonly number[]): readonly [number, number] => [
  pitches.slice(1).reduce((sum, pitch, i) => sum + Math.abs(pitch - pitches[i]!), 0),
  Math.max(pitches.length - 1, 0),
];

export const addSums = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(
    Object.entries(b).map(([name, [sum, of]]) => [name, [(a[name]?.[0] ?? 0) + sum, (a[name]?.[1] ?? 0) + of]]),
  );
