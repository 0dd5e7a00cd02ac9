import { addNote, cutAtNextOnset, type Ends, type Line, lineOf, MIDI_PITCHES, onGrid } from '../../music/line.js';
import type { MidiFile } from '../../smf/midi-file.js';
import { isMusic, isUnwantedDrum, type NoteChoice } from '../../smf/note-choice.js';
import { rolesOfTracks } from './roles.js';

export { cutNotes, type GridNote, type Line, MIDI_PITCHES, nearestStep } from '../../music/line.js';

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
    if (!addNote(ends[roleOf[note.track]], onGrid(note, file.ticksPerQuarter))) merged[pitch]++;
  }
  const lines = ends.map(cutAtNextOnset);
  return { notes: mergeRoles(lines), roles: lines, struck, merged, drums };
}

/** All roles' notes as one, by the same rules. It is what the file gives that has but one role. */
export const mergeRoles = (roles: readonly Line[]): Line => (roles.length === 1 ? roles[0] : lineOf(roles.flat()));
