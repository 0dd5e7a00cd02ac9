import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DaimonError } from '../../errors.js';
import type { Note } from '../../music/note.js';
import { TICKS_PER_BAR, type Tick, tick } from '../../music/units.js';
import { userFolder } from '../../package.js';
import type { Epoch } from '../../transport/edge.js';
import { writeWhole } from '../atomic-file.js';
import { noteSince, scoreWindow, WINDOW_BARS } from './score-window.js';
import { barOf, type Listener, newScribe } from './scribe.js';
import { smfFile } from './smf-file.js';

/** Has always listened: what was heard can be had as a recording, although nobody pressed record. */
export interface Capture extends Listener {
  /**
   * The last so many bars that were played, the one that plays now among them; null for all since playing began last. The
   * song is `at` a tick of an `epoch`. Throws DaimonError `history` where nothing was heard in them.
   */
  take(bars: number | null, at: Tick, epoch: Epoch): Captured;
}

export interface Captured {
  /** A MIDI file: what a recorder that began there would have written by now. */
  readonly bytes: Uint8Array;
  readonly notes: number;
  readonly bars: number;
}

export function newCapture(): Capture {
  const score = scoreWindow();
  const scribe = newScribe(score);
  return {
    moved: scribe.moved,
    tempo: scribe.tempo,
    blockStarted: scribe.blockStarted,
    sent: scribe.sent,
    take: (bars, at, epoch) => {
      const { began } = scribe;
      if (began === null) throw NOTHING;
      const end = tick(Math.max(score.end, scribe.here(at, epoch) ?? 0));
      scribe.settle();
      const ofBars = (Math.ceil(end / TICKS_PER_BAR) - (bars ?? WINDOW_BARS)) * TICKS_PER_BAR;
      const from = tick(Math.max(score.start, ofBars, bars === null ? began : 0));
      const file = smfFile('daimon');
      let notes = 0;
      const add = (note: Note): void => {
        file.note(note);
        notes++;
      };
      score.copy(from, { ...file, note: add });
      const origin = barOf(from);
      for (const held of scribe.sounding(end)) {
        const note = held.onset < from ? null : noteSince(origin, held);
        if (note !== null) add(note);
      }
      if (notes === 0) throw NOTHING;
      file.lastUntil(tick(end - origin));
      return { bytes: file.bytes(), notes, bars: Math.ceil((end - origin) / TICKS_PER_BAR) };
    },
  };
}

const NOTHING = new DaimonError('history', 'Nothing was heard there to capture: let something play first.');

/** Writes it into the player's folder, named by date and time; gives the path. Throws DaimonError `file`. */
export async function writeCapture(bytes: Uint8Array, date: Date, folder = userFolder('captures')): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    const path = await claimed(folder, nameOf(date));
    await writeWhole(path, bytes);
    return path;
  } catch (error) {
    if (error instanceof DaimonError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `What was heard could not be written to ${folder} (${why}).`, { cause: error });
  }
}

/** The first of a name's paths that nothing is at: an empty file is there now, and no other program takes it. */
async function claimed(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.mid`);
    try {
      await (await open(path, 'wx')).close();
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** The player's own time, in letters that every file system takes: 2026-11-26 15.04.05. */
function nameOf(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('.')}`;
}
