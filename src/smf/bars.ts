import { nearestStep } from '../music/line.js';
import { BEATS_PER_BAR, type Step } from '../music/units.js';
import type { Meter, MidiFile } from './midi-file.js';

/** Consecutive bars of four quarters (4/4, 2/2), from `start` on. */
export interface BarRun {
  readonly start: Step;
  readonly bars: number;
}

/**
 * The runs of bars of four quarters between the first and the last bar with an onset (of any note, drums too). A file
 * is in 4/4 until it says otherwise; a bar that a change of meter cuts short ends its run.
 */
export function runsOfFourQuarters(file: MidiFile): BarRun[] {
  if (file.notes.length === 0) return [];
  const { ticksPerQuarter: quarter } = file;
  const bar = BEATS_PER_BAR * quarter;
  const first = file.notes[0].onset;
  const last = file.notes[file.notes.length - 1].onset;
  const runs: BarRun[] = [];
  let start = 0;
  let bars = 0;
  const close = (): void => {
    if (bars > 0) runs.push({ start: nearestStep(start, quarter), bars });
    bars = 0;
  };
  const meters = fromTheBeginning(file.meters);
  meters.forEach((meter, k) => {
    const stop = k + 1 < meters.length ? meters[k + 1].tick : Number.POSITIVE_INFINITY;
    if (meter.tick >= stop) return;
    const ofFourQuarters = Math.floor((bar * meter.numerator) / meter.denominator) === bar;
    if (!ofFourQuarters) close();
    for (let tick = meter.tick; ofFourQuarters && tick < stop && tick <= last; tick += bar) {
      if (tick + bar > stop) close();
      else if (tick + bar > first) {
        if (bars === 0) start = tick;
        bars++;
      }
    }
  });
  close();
  return runs;
}

const fromTheBeginning = (meters: readonly Meter[]): readonly Meter[] =>
  meters.length > 0 && meters[0].tick === 0 ? meters : [{ tick: 0, numerator: 4, denominator: 4 }, ...meters];
