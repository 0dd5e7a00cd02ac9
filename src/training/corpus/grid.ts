import { STEPS_PER_BEAT, type Step, step } from '../../music/units.js';
import type { MidiFile } from './midi-file.js';
import { isMusic, isUnwantedDrum, type NoteChoice } from './note-choice.js';
import { rolesOfTracks } from './roles.js';

/** A note on the sixteenth grid; `end` is the first step it no longer sounds on, at least one past `onset`. */
export interface GridNote {
  readonly onset: Step;
  readonly end: Step;
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
}

/** By onset, then pitch; one per pitch and step, none reaching past the next onset of its pitch. */
export type Line = readonly GridNote[];

export interface Gridded {
  /** Of all roles together, as if the file had one; no spacers. */
  readonly notes: Line;
  /** Each role's own. Two roles may hold the same pitch at once. */
  readonly roles: readonly Line[];
  /** Onsets of the file per pitch, drums not among them unless asked for. */
  readonly struck: Uint32Array;
  /** Of these, per pitch, those that fell on a step where their pitch had begun already in their role. */
  readonly merged: Uint32Array;
  readonly drums: number;
}

export const MIDI_PITCHES = 128;

/** The nearest step of a tick of the file, halves up. */
export const nearestStep = (tick: number, ticksPerQuarter: number): Step =>
  step(Math.floor((tick * STEPS_PER_BEAT) / ticksPerQuarter + 0.5));

/**
 * Each role's tracks on one grid. Onsets and ends go to the nearest step; a note lasts at least one step; of equal
 * pitches on one step the longest stays; a note is cut at the next onset of its pitch.
 */
export function gridNotes(file: MidiFile, roles: readonly string[], choice: NoteChoice): Gridded {
  const roleOf = rolesOfTracks(file, roles, choice);
  const struck = new Uint32Array(MIDI_PITCHES);
  const merged = new Uint32Array(MIDI_PITCHES);
  const ends = roles.map((): Ends => new Map());
  let drums = 0;
  for (const note of file.notes) {
    if (isUnwantedDrum(note, choice)) {
      drums++;
      continue;
    }
    const { pitch } = note;
    struck[pitch]++;
    if (!isMusic(note, choice)) continue;
    const onset = nearestStep(note.onset, file.ticksPerQuarter);
    const end = step(Math.max(onset + 1, nearestStep(note.end, file.ticksPerQuarter)));
    if (!addNote(ends[roleOf[note.track]], { onset, end, pitch })) merged[pitch]++;
  }
  const lines = ends.map(cutAtNextOnset);
  return { notes: mergeRoles(lines), roles: lines, struck, merged, drums };
}

/** All roles' notes as one, by the same rules. It is what the file gives that has but one role. */
export function mergeRoles(roles: readonly Line[]): Line {
  if (roles.length === 1) return roles[0];
  const ends: Ends = new Map();
  for (const role of roles) for (const note of role) addNote(ends, note);
  return cutAtNextOnset(ends);
}

/** Where notes end, by onset * 128 + pitch. */
type Ends = Map<number, Step>;

/** Keeps the longest of a pitch and step. False where there was one already. */
function addNote(ends: Ends, { onset, end, pitch }: GridNote): boolean {
  const key = onset * MIDI_PITCHES + pitch;
  const known = ends.get(key);
  if (known === undefined || end > known) ends.set(key, end);
  return known === undefined;
}

function cutAtNextOnset(ends: Ends): GridNote[] {
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
