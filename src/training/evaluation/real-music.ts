import { WHOLE } from '../../music/roll.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, step } from '../../music/units.js';
import { readMidiFile } from '../../smf/read-file.js';
import { printOf } from '../corpus/corpus.js';
import { cutNotes, type GridNote, gridNotes } from '../corpus/grid.js';
import type { FoundFile } from '../corpus/midi-folder.js';
import { songOf } from '../corpus/song.js';

/** A run of bars of four quarters, its notes counted from the first of them. */
export interface Run {
  readonly bars: number;
  readonly notes: readonly GridNote[];
}

/** Sixteen bars. */
export interface RealBlock {
  /** Equal for songs with the same notes in any key. */
  readonly song: string;
  readonly notes: readonly GridNote[];
}

export interface Songs {
  /** Every window of 16 bars of 4/4, at least half of them with an onset, four bars apart. */
  readonly blocks: readonly RealBlock[];
  readonly runs: readonly Run[];
}

/** Bars from one window to the next. */
const HOP = 4;

export interface SongReading {
  /** Whether channel 10 counts. */
  readonly drums: boolean;
  /** Whether songs of 2 to 15 bars are repeated to fill a block. */
  readonly loops: boolean;
}

/** Whole songs. Files that can't be read are passed over. */
export function readSongs(files: readonly FoundFile[], { drums, loops }: SongReading): Songs {
  const blocks: RealBlock[] = [];
  const runs: Run[] = [];
  for (const { path } of files) {
    const file = readMidiFile(path);
    if (file.kind === 'broken') continue;
    const song = songOf(file, { roles: [WHOLE.name], hop: HOP, drums, loops });
    const notes = byEnd(song.notes);
    for (const { start, bars } of song.runs) runs.push({ bars, notes: cutNotes(notes, start, bars * STEPS_PER_BAR) });
    if (song.windows.length === 0) continue;
    const print = printOf(song);
    for (const { start, span, roles } of song.windows) {
      const repeated = span < STEPS_PER_BLOCK;
      const inside = repeated ? byEnd(roles[0]) : cutNotes(notes, start, STEPS_PER_BLOCK);
      blocks.push({ song: print, notes: inside });
      // where one verse goes into the next is music learned from too
      if (repeated) runs.push({ bars: BARS_PER_BLOCK, notes: inside });
    }
  }
  return { blocks, runs };
}

export interface DrawnFiles {
  readonly blocks: readonly (readonly GridNote[])[];
  readonly unreadable: readonly FoundFile[];
}

/**
 * Files that each hold one block from tick 0 on; a longer one is cut into further blocks. One that can't be read counts
 * as a block without notes: a generator gains nothing by writing nonsense.
 */
export function readDrawnFiles(files: readonly FoundFile[], drums: boolean): DrawnFiles {
  const unreadable: FoundFile[] = [];
  const blocks = files.flatMap((found) => {
    const file = readMidiFile(found.path);
    if (file.kind === 'broken') {
      unreadable.push(found);
      return [[]];
    }
    const notes = byEnd(gridNotes(file, [WHOLE.name], { drums }).notes);
    const count = Math.floor((notes.at(-1)?.onset ?? 0) / STEPS_PER_BLOCK) + 1;
    return Array.from({ length: count }, (_, k) => cutNotes(notes, step(k * STEPS_PER_BLOCK), STEPS_PER_BLOCK));
  });
  return { blocks, unreadable };
}

/** The reference evaluation's order, in which half bars are compared: by onset, then end, then pitch. */
const byEnd = (notes: readonly GridNote[]): GridNote[] =>
  notes.toSorted((a, b) => a.onset - b.onset || a.end - b.end || a.pitch - b.pitch);
