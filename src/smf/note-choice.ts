import type { FileNote } from './midi-file.js';

/** Which notes of a file are music. */
export interface NoteChoice {
  readonly drums: boolean;
}

/** Some corpora keep time with spacer notes on the lowest pitch, which no instrument is meant to play. */
export const SPACER_PITCH = 0;
/** Channel 10 as musicians count. */
const DRUM_CHANNEL = 9;

/** Whether a note is a drum's, and drums are left out. */
export const isUnwantedDrum = ({ channel }: FileNote, { drums }: NoteChoice): boolean =>
  channel === DRUM_CHANNEL && !drums;

/** Whether a note has a place on the grid. */
export const isMusic = (note: FileNote, choice: NoteChoice): boolean =>
  !isUnwantedDrum(note, choice) && note.pitch !== SPACER_PITCH;
