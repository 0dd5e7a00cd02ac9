import { STEPS_PER_BEAT, STEPS_PER_BLOCK, type Step, step } from './units.js';

/** A note on the sixteenth grid; `end` is the first step it no longer sounds on, at least one past `onset`. */
export interface GridNote {
  readonly onset: Step;
  readonly end: Step;
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
}

/** By onset, then pitch; one per pitch and step, none reaching past the next onset of its pitch. */
export type Line = readonly GridNote[];

export const MIDI_PITCHES = 128;

/** The nearest step of a tick of so many to the quarter, halves up. */
export const nearestStep = (tick: number, ticksPerQuarter: number): Step =>
  step(Math.floor((tick * STEPS_PER_BEAT) / ticksPerQuarter + 0.5));

/** Onset and end on the nearest steps; a note lasts at least one. */
export function onGrid({ onset, end, pitch }: RawNote, ticksPerQuarter: number): GridNote {
  const first = nearestStep(onset, ticksPerQuarter);
  return { onset: first, end: step(Math.max(first + 1, nearestStep(end, ticksPerQuarter))), pitch };
}

/** A note in ticks of whatever resolution. */
export interface RawNote {
  readonly onset: number;
  readonly end: number;
  readonly pitch: number;
}

/** Notes in any order as a line: of equal pitches on one step the longest stays; each is cut at its pitch's next onset. */
export function lineOf(notes: Iterable<GridNote>): Line {
  const ends: Ends = new Map();
  for (const note of notes) addNote(ends, note);
  return cutAtNextOnset(ends);
}

/** Where notes end, by onset * 128 + pitch. */
export type Ends = Map<number, Step>;

/** Keeps the longest of a pitch and step. False where there was one already. */
export function addNote(ends: Ends, { onset, end, pitch }: GridNote): boolean {
  const key = onset * MIDI_PITCHES + pitch;
  const known = ends.get(key);
  if (known === undefined || end > known) ends.set(key, end);
  return known === undefined;
}

export function cutAtNextOnset(ends: Ends): GridNote[] {
  // Float64, as a key may pass 32 bits; typed arrays sort by value
  const keys = Float64Array.from(ends.keys()).sort();
  const next = new Array<number>(MIDI_PITCHES).fill(Number.POSITIVE_INFINITY);
  const notes = new Array<GridNote>(keys.length);
  for (let i = keys.length - 1; i >= 0; i--) {
    const pitch = keys[i] % MIDI_PITCHES;
    const onset = step((keys[i] - pitch) / MIDI_PITCHES);
    notes[i] = { onset, end: step(Math.min(ends.get(keys[i]) ?? 0, next[pitch])), pitch };
    next[pitch] = onset;
  }
  return notes;
}

/** Notes that begin in [start, start + length), counted from `start`, their ends clipped to it. `notes` by onset. */
export function cutNotes(notes: Line, start: Step, length: number): GridNote[] {
  const cut: GridNote[] = [];
  for (let i = firstFrom(notes, start); i < notes.length && notes[i].onset < start + length; i++) {
    const { onset, end, pitch } = notes[i];
    cut.push({ onset: step(onset - start), end: step(Math.min(end - start, length)), pitch });
  }
  return cut;
}

/** The notes that begin in [start, start + span), over and over until a block is full; the last time is cut where it ends. */
export function verses(notes: Line, start: Step, span: Step): GridNote[] {
  const verse = cutNotes(notes, start, span);
  const times = Array.from({ length: Math.ceil(STEPS_PER_BLOCK / span) }, (_, k) => k * span);
  return times.flatMap((by) =>
    cutNotes(verse, step(0), STEPS_PER_BLOCK - by).map(({ onset, end, pitch }) => ({
      onset: step(onset + by),
      end: step(end + by),
      pitch,
    })),
  );
}

/** Index of the first note that begins at `start` or later. */
function firstFrom(notes: Line, start: Step): number {
  let low = 0;
  let high = notes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (notes[middle].onset < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
