import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, type Step, step } from '../music/units.js';
import { type BarRun, runsOfFourQuarters } from './bars.js';
import { cutNotes, type Gridded, type GridNote, gridNotes } from './grid.js';
import type { MidiFile } from './midi-file.js';

/** Where a block is taken from a song: steps `start` .. `start` + 256, on a bar line. */
export interface Window {
  readonly start: Step;
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
}

/** Every window of 16 bars of four quarters, at least half of them with an onset. */
export function songOf(file: MidiFile, { hop, drums }: SongOptions): Song {
  const gridded = gridNotes(file, drums);
  const runs = runsOfFourQuarters(file);
  return { ...gridded, runs, windows: runs.flatMap((run) => windowsOf(run, gridded.notes, hop)) };
}

function windowsOf(run: BarRun, notes: readonly GridNote[], hop: number): Window[] {
  const windows: Window[] = [];
  for (let bar = 0; bar + BARS_PER_BLOCK <= run.bars; bar += hop) {
    const start = step(run.start + bar * STEPS_PER_BAR);
    const inside = cutNotes(notes, start, STEPS_PER_BLOCK);
    const struckBars = new Set(inside.map(({ onset }) => Math.floor(onset / STEPS_PER_BAR)));
    if (struckBars.size * 2 >= BARS_PER_BLOCK) windows.push({ start, notes: inside });
  }
  return windows;
}
