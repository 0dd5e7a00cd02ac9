import { readFileSync, statSync } from 'node:fs';
import { type BrokenFile, MAX_FILE_BYTES, type MidiFile, readMidi } from './midi-file.js';

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
