import { type GridNote, type Line, MIDI_PITCHES } from '#daimon/music/line.js';
import { STEPS_PER_BAR, STEPS_PER_BEAT, STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { featuresOf } from '#daimon/training/evaluation/features.js';

/** How well notes were met: harmonic means of what was found of the one and what is right of the other. */
export interface Match {
  /** Of pitch and onset. */
  readonly f1: number;
  /** A note counts only if it is also as long, to a step or a fifth of its length. */
  readonly f1Long: number;
}

export function matchOf(wanted: Line, got: Line): Match {
  const byPlace = new Map(wanted.map((note) => [placeOf(note), note]));
  let hits = 0;
  let long = 0;
  for (const note of got) {
    const met = byPlace.get(placeOf(note));
    if (met === undefined) continue;
    hits++;
    const length = met.end - met.onset;
    if (Math.abs(note.end - note.onset - length) <= Math.max(1, length / 5)) long++;
  }
  const both = wanted.length + got.length;
  return both === 0 ? { f1: 1, f1Long: 1 } : { f1: (2 * hits) / both, f1Long: (2 * long) / both };
}

const placeOf = ({ onset, pitch }: GridNote): number => pitch * STEPS_PER_BLOCK + onset;

/** How far apart two blocks are in what makes their feel. */
export const DISTANCES = {
  'notes a bar': (a, b) => Math.abs(featuresOf(a).notesPerBar - featuresOf(b).notesPerBar),
  'mean pitch': (a, b) => Math.abs(featuresOf(a).meanPitch - featuresOf(b).meanPitch),
  'pitch classes': (a, b) => apart(pitchClasses(a), pitchClasses(b)),
  'onsets in the bar': (a, b) => apart(featuresOf(a).onsetShares, featuresOf(b).onsetShares),
  'off the beat': (a, b) => Math.abs(offTheBeat(a) - offTheBeat(b)),
  groove: (a, b) => Math.abs(featuresOf(a).grooveConsistency - featuresOf(b).grooveConsistency),
  'bars alike': (a, b) => Math.abs(featuresOf(a).barSelfSimilarity - featuresOf(b).barSelfSimilarity),
} as const satisfies Record<string, (a: Line, b: Line) => number>;

function pitchClasses(notes: Line): Float64Array {
  const shares = new Float64Array(12);
  for (const { pitch } of notes) shares[(pitch % MIDI_PITCHES) % 12]! += 1 / notes.length;
  return shares;
}

const offTheBeat = (notes: Line): number =>
  notes.filter(({ onset }) => (onset % STEPS_PER_BAR) % STEPS_PER_BEAT !== 0).length / Math.max(notes.length, 1);

/** Total variation: the share that lies elsewhere, 0..1. */
const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, share, i) => sum + Math.abs(share - b[i]!), 0) / 2;
