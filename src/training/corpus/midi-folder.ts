import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DaimonError } from '../../errors.js';
import { type BrokenFile, MAX_FILE_BYTES, type MidiFile, readMidi } from './midi-file.js';

export interface FoundFile {
  readonly path: string;
  /** The folder's own name and the path below it, with slashes: the same on every machine. */
  readonly name: string;
}

const MIDI_FILE = /\.midi?$/i;

/** The MIDI files in folders and all below them, each once, by name. Throws DaimonError `file`. */
export function findMidiFiles(folders: readonly string[]): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const folder of folders.map((path) => resolve(path))) {
    for (const below of listFolder(folder)) {
      const path = join(folder, below);
      if (!MIDI_FILE.test(below) || found.has(path)) continue;
      found.set(path, { path, name: [basename(folder), ...relative(folder, path).split(sep)].join('/') });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `The folder ${folder} can't be listed (${reason}); name a folder of MIDI files.`);
  }
}

/** Never throws. Anything but a plain file (a pipe would block) is broken, and one too large is not read at all. */
export function readMidiFile(path: string): MidiFile | BrokenFile {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return { kind: 'broken', reason: 'it is not a plain file' };
    // one byte over the limit is enough for the parser to refuse it
    return readMidi(stat.size > MAX_FILE_BYTES ? new Uint8Array(MAX_FILE_BYTES + 1) : readFileSync(path));
  } catch (error) {
    return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}
