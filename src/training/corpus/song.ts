import { verses } from '../../music/line.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, type Step, step } from '../../music/units.js';
import { type BarRun, runsOfFourQuarters } from '../../smf/bars.js';
import type { MidiFile } from '../../smf/midi-file.js';
import type { NoteChoice } from '../../smf/note-choice.js';
import { cutNotes, type Gridded, gridNotes, type Line } from './grid.js';

/** Where a block is taken from a song: from a bar line on. */
export interface Window {
  readonly start: Step;
  /** Steps of the song that it covers: 256, or the length of a loop that is repeated to fill them. */
  readonly span: Step;
  /** Each role's notes that begin inside the window, counted from its start, ends clipped to it. */
  readonly roles: readonly Line[];
}

export interface Song extends Gridded {
  readonly runs: readonly BarRun[];
  readonly windows: readonly Window[];
}

export interface SongOptions extends NoteChoice {
  /** Their names, 1 to 4. */
  readonly roles: readonly string[];
  /** Bars from one window to the next. */
  readonly hop: number;
  /** Whether to repeat a song of 2 to 15 bars until it fills a block. */
  readonly loops: boolean;
}

/** One bar sixteen times over is a test tone. */
const FEWEST_LOOP_BARS = 2;

/** Every window of 16 bars of four quarters, at least half of them with an onset, in whatever role. */
export function songOf(file: MidiFile, { roles, hop, drums, loops }: SongOptions): Song {
  const gridded = gridNotes(file, roles, { drums });
  const runs = runsOfFourQuarters(file);
  const windows = runs.flatMap((run) => windowsOf(run, gridded, hop));
  return {
    ...gridded,
    runs,
    windows: loops && isLoop(gridded.notes, runs) ? [repeated(runs[0], gridded.roles)] : windows,
  };
}

function windowsOf(run: BarRun, { notes, roles }: Gridded, hop: number): Window[] {
  const windows: Window[] = [];
  for (let bar = 0; bar + BARS_PER_BLOCK <= run.bars; bar += hop) {
    const start = step(run.start + bar * STEPS_PER_BAR);
    if (!halfFull(cutNotes(notes, start, STEPS_PER_BLOCK))) continue;
    const inside = roles.map((role) => cutNotes(role, start, STEPS_PER_BLOCK));
    windows.push({ start, span: step(STEPS_PER_BLOCK), roles: inside });
  }
  return windows;
}

const halfFull = (notes: Line): boolean =>
  new Set(notes.map(({ onset }) => Math.floor(onset / STEPS_PER_BAR))).size * 2 >= BARS_PER_BLOCK;

/** The song is one run of bars, too few for a window, and nothing else. */
function isLoop(notes: Line, runs: readonly BarRun[]): boolean {
  if (notes.length === 0 || runs.length !== 1) return false;
  const { start, bars } = runs[0];
  if (bars < FEWEST_LOOP_BARS || bars >= BARS_PER_BLOCK) return false;
  return cutNotes(notes, start, bars * STEPS_PER_BAR).length === notes.length;
}

/** A run's bars are whole: a last bar that the music does not fill ends in a rest, and only then does the next verse begin. */
function repeated({ start, bars }: BarRun, roles: readonly Line[]): Window {
  const span = step(bars * STEPS_PER_BAR);
  return { start, span, roles: roles.map((role) => verses(role, start, span)) };
}
