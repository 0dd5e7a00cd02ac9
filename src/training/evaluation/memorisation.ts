import type { Random } from '../../music/random.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, step } from '../../music/units.js';
import { cutNotes, type GridNote } from '../corpus/grid.js';
import { indexBars } from './bar-index.js';
import { nearestPassage } from './nearest-passage.js';
import type { Run } from './real-music.js';
import { sample } from './sample.js';

/** How near windows of drawn blocks come to passages of the songs that a model learned from. */
export interface Nearness {
  /** How many were compared. */
  readonly windows: number;
  /** Share of them with a similarity of 0.95 or more: a note in twenty differs. */
  readonly shareNear: number;
  /** Share that is a copy, note for note. */
  readonly shareExact: number;
  /** Median of the best similarities; a lower bound, as not every passage is looked at. */
  readonly medianBest: number;
}

/** Of windows of so many bars, all notes or the top voice alone. */
export interface Memorisation {
  readonly twoBars: Nearness;
  readonly fourBars: Nearness;
  readonly twoBarsTopVoice: Nearness;
  readonly fourBarsTopVoice: Nearness;
}

const NEAR = 0.95;
const EXACT = 0.9999;
/** A window needs so many onsets a bar, and so many pitches: of less, everybody has written the same. */
const FEWEST_ONSETS_A_BAR = 3;
const FEWEST_PITCHES = 3;

type Blocks = readonly (readonly GridNote[])[];
export type Memory = (blocks: Blocks, windows: number, random: Random) => Memorisation;

/** Indexes the songs once. `windows`: how many of each kind are compared, drawn at random. */
export function memoryOf(runs: readonly Run[]): Memory {
  const whole = nearestPassage(indexBars(runs));
  const top = nearestPassage(indexBars(runs.map(({ bars, notes }) => ({ bars, notes: topVoice(notes) }))));
  return (blocks, windows, random) => {
    const melodies = blocks.map(topVoice);
    return {
      twoBars: nearness(blocks, 2, whole, windows, random),
      fourBars: nearness(blocks, 4, whole, windows, random),
      twoBarsTopVoice: nearness(melodies, 2, top, windows, random),
      fourBarsTopVoice: nearness(melodies, 4, top, windows, random),
    };
  };
}

/** The highest note of each onset. `notes` by onset. */
export function topVoice(notes: readonly GridNote[]): GridNote[] {
  const top: GridNote[] = [];
  for (const note of notes) {
    const last = top.at(-1);
    if (last?.onset !== note.onset) top.push(note);
    else if (note.pitch > last.pitch) top[top.length - 1] = note;
  }
  return top;
}

function nearness(
  blocks: Blocks,
  bars: number,
  nearest: (window: readonly GridNote[], halfBars: number) => number,
  limit: number,
  random: Random,
): Nearness {
  const perBlock = BARS_PER_BLOCK - bars + 1;
  const best: number[] = [];
  for (const at of sample(blocks.length * perBlock, limit, random)) {
    const start = step((at % perBlock) * STEPS_PER_BAR);
    const window = cutNotes(blocks[Math.floor(at / perBlock)], start, bars * STEPS_PER_BAR);
    if (window.length < FEWEST_ONSETS_A_BAR * bars) continue;
    if (new Set(window.map(({ pitch }) => pitch)).size < FEWEST_PITCHES) continue;
    best.push(nearest(window, 2 * bars));
  }
  const share = (from: number): number => (best.length === 0 ? 0 : best.filter((b) => b >= from).length / best.length);
  return { windows: best.length, shareNear: share(NEAR), shareExact: share(EXACT), medianBest: median(best) };
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
