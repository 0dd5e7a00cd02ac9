import { readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DaimonError } from '../../errors.js';

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
