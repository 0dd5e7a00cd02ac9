import { STEPS_PER_BEAT, type Step, step } from '../../music/units.js';
import type { MidiFile } from './midi-file.js';

/** A note on the sixteenth grid; `end` is the first step it no longer sounds on, at least one past `onset`. */
export interface GridNote {
  readonly onset: Step;
  readonly end: Step;
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
}

export interface Gridded {
  /** By onset, then pitch; one per pitch and step, none reaching past the next onset of its pitch; no spacers. */
  readonly notes: readonly GridNote[];
  /** Onsets of the file per pitch, drums not among them unless asked for. */
  readonly struck: Uint32Array;
  /** Of these, per pitch, those that fell on a step where their pitch had begun already. */
  readonly merged: Uint32Array;
  readonly drums: number;
}

export const MIDI_PITCHES = 128;
/** Some corpora keep time with spacer notes on the lowest pitch, which no instrument is meant to play. */
export const SPACER_PITCH = 0;
/** Channel 10 as musicians count. */
const DRUM_CHANNEL = 9;

/** The nearest step of a tick of the file, halves up. */
export const nearestStep = (tick: number, ticksPerQuarter: number): Step =>
  step(Math.floor((tick * STEPS_PER_BEAT) / ticksPerQuarter + 0.5));

/**
 * All tracks and channels on one grid. Onsets and ends go to the nearest step; a note lasts at least one step; of
 * equal pitches on one step the longest stays; a note is cut at the next onset of its pitch.
 */
export function gridNotes(file: MidiFile, withDrums: boolean): Gridded {
  const struck = new Uint32Array(MIDI_PITCHES);
  const merged = new Uint32Array(MIDI_PITCHES);
  const ends = new Map<number, Step>();
  let drums = 0;
  for (const { onset, end, pitch, channel } of file.notes) {
    if (channel === DRUM_CHANNEL && !withDrums) {
      drums++;
      continue;
    }
    struck[pitch]++;
    if (pitch === SPACER_PITCH) continue;
    const from = nearestStep(onset, file.ticksPerQuarter);
    const to = step(Math.max(from + 1, nearestStep(end, file.ticksPerQuarter)));
    const key = from * MIDI_PITCHES + pitch;
    const known = ends.get(key);
    if (known !== undefined) merged[pitch]++;
    if (known === undefined || to > known) ends.set(key, to);
  }
  return { notes: cutAtNextOnset(ends), struck, merged, drums };
}

function cutAtNextOnset(ends: ReadonlyMap<number, Step>): GridNote[] {
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
export function cutNotes(notes: readonly GridNote[], start: Step, length: number): GridNote[] {
  const cut: GridNote[] = [];
  for (let i = firstFrom(notes, start); i < notes.length && notes[i].onset < start + length; i++) {
    const { onset, end, pitch } = notes[i];
    cut.push({ onset: step(onset - start), end: step(Math.min(end - start, length)), pitch });
  }
  return cut;
}

/** Index of the first note that begins at `start` or later. */
function firstFrom(notes: readonly GridNote[], start: Step): number {
  let low = 0;
  let high = notes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (notes[middle].onset < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
