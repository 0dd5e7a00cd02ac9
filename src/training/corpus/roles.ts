import type { MidiFile } from '../../smf/midi-file.js';
import { isMusic, type NoteChoice } from '../../smf/note-choice.js';

/**
 * The role of each of a file's tracks, as an index into `roles`. Tracks that bear a role's name, in capitals or not,
 * are that role's, and others the last one's. Where no track bears one, the tracks that hold notes are given out in
 * the order of the file, and those beyond the last role are the last one's too.
 */
export function rolesOfTracks(file: MidiFile, roles: readonly string[], choice: NoteChoice): readonly number[] {
  const last = roles.length - 1;
  if (last === 0) return file.tracks.map(() => last);
  const wanted = roles.map(plain);
  const byName = file.tracks.map((name) => wanted.indexOf(plain(name)));
  if (byName.some((role) => role >= 0)) return byName.map((role) => (role >= 0 ? role : last));
  const playing = new Set(file.notes.filter((note) => isMusic(note, choice)).map(({ track }) => track));
  let next = 0;
  return file.tracks.map((_, track) => Math.min(playing.has(track) ? next++ : next, last));
}

const plain = (name: string): string => name.trim().toLowerCase();
