import { claimFile, writeWhole } from '../atomic-file.js';
import { type Listener, newScribe } from './scribe.js';
import { smfFile } from './smf-file.js';

/** Records what was sent, as a MIDI file on the musical grid: how it stands there, the scribe says. */
export interface Recorder extends Listener {
  readonly path: string;
  /** Ends the notes that sound yet, and writes the file, if anything was played. Throws DaimonError 'file'. */
  finish(): Promise<void>;
}

/** Messages in the longest recording: some eight hours at ten notes a second, 100 MB in memory. */
const MAX_MESSAGES = 500_000;

/**
 * Begins a recording, which is written as it stands at each block. A path that can't be written shows at once; an older
 * recording there lasts until something is played. Throws DaimonError 'file'.
 */
export async function openRecorder(path: string, warn: (sentence: string) => void): Promise<Recorder> {
  const file = smfFile('daimon');
  let full = false;
  const isFull = (): boolean => {
    if (!full && file.size >= MAX_MESSAGES) {
      full = true;
      warn(`The recording '${path}' is full and goes on no further; begin another.`);
    }
    return full;
  };
  const scribe = newScribe(file, isFull);
  let writing: Promise<void> | null = null;
  const write = (): Promise<void> => {
    writing ??= writeWhole(path, file.bytes()).finally(() => {
      writing = null;
    });
    return writing;
  };

  await claimFile(path, file.bytes());
  return {
    path,
    moved: scribe.moved,
    tempo: scribe.tempo,
    sent: scribe.sent,
    blockStarted: (started, epoch) => {
      scribe.blockStarted(started, epoch);
      if (scribe.began === null || isFull()) return;
      write().catch((error: Error) => warn(error.message));
    },
    finish: async () => {
      if (scribe.began === null) return;
      scribe.settle();
      for (const note of scribe.sounding(null)) file.note(note);
      await writing?.catch(() => {});
      await write();
    },
  };
}
