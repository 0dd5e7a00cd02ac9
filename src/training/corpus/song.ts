import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, type Step, step } from '../../music/units.js';
import { type BarRun, runsOfFourQuarters } from './bars.js';
import { cutNotes, type Gridded, type GridNote, gridNotes } from './grid.js';
import type { MidiFile } from './midi-file.js';

/** Where a block is taken from a song: from a bar line on. */
export interface Window {
  readonly start: Step;
  /** Steps of the song that it covers: 256, or the length of a loop that is repeated to fill them. */
  readonly span: Step;
  /** Notes that begin inside the window, counted from its start, ends clipped to it. */
  readonly notes: readonly GridNote[];
}

export interface Song extends Gridded {
  readonly runs: readonly BarRun[];
  readonly windows: readonly Window[];
}

export interface SongOptions {
  /** Bars from one window to the next. */
  readonly hop: number;
  readonly drums: boolean;
  /** Whether to repeat a song of 2, 4 or 8 bars until it fills a block. */
  readonly loops: boolean;
}

/** One bar sixteen times over is a test tone; other lengths than these do not divide a block. */
const LOOP_BARS = [2, 4, 8];

/** Every window of 16 bars of four quarters, at least half of them with an onset. */
export function songOf(file: MidiFile, { hop, drums, loops }: SongOptions): Song {
  const gridded = gridNotes(file, drums);
  const runs = runsOfFourQuarters(file);
  const windows = runs.flatMap((run) => windowsOf(run, gridded.notes, hop));
  return {
    ...gridded,
    runs,
    windows: loops && isLoop(gridded.notes, runs) ? [repeated(runs[0], gridded.notes)] : windows,
  };
}

function windowsOf(run: BarRun, notes: readonly GridNote[], hop: number): Window[] {
  const windows: Window[] = [];
  for (let bar = 0; bar + BARS_PER_BLOCK <= run.bars; bar += hop) {
    const start = step(run.start + bar * STEPS_PER_BAR);
    const inside = cutNotes(notes, start, STEPS_PER_BLOCK);
    if (halfFull(inside)) windows.push({ start, span: step(STEPS_PER_BLOCK), notes: inside });
  }
  return windows;
}

const halfFull = (notes: readonly GridNote[]): boolean =>
  new Set(notes.map(({ onset }) => Math.floor(onset / STEPS_PER_BAR))).size * 2 >= BARS_PER_BLOCK;

/** The song is one run of bars, of a length that divides a block, and nothing else. */
function isLoop(notes: readonly GridNote[], runs: readonly BarRun[]): boolean {
  if (runs.length !== 1 || !LOOP_BARS.includes(runs[0].bars)) return false;
  const { start, bars } = runs[0];
  const inside = cutNotes(notes, start, bars * STEPS_PER_BAR);
  return inside.length === notes.length;
}

function repeated({ start, bars }: BarRun, notes: readonly GridNote[]): Window {
  const span = step(bars * STEPS_PER_BAR);
  const once = cutNotes(notes, start, span);
  const times = Array.from({ length: STEPS_PER_BLOCK / span }, (_, k) => k * span);
  const all = times.flatMap((by) =>
    once.map(({ onset, end, pitch }) => ({ onset: step(onset + by), end: step(end + by), pitch })),
  );
  return { start, span, notes: all };
}
