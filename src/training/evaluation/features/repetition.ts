import { BARS_PER_BLOCK, STEPS_PER_BAR } from '../../../music/units.js';
import { type GridNote, MIDI_PITCHES } from '../../corpus/grid.js';

export interface RepetitionFeatures {
  readonly barSelfSimilarity: number;
  readonly lagSimilarity: Float64Array;
}

const CELLS_PER_BAR = MIDI_PITCHES * STEPS_PER_BAR;
/** Bars apart, as in tunes: a motif, its answer, a half phrase, a phrase. */
export const LAGS: readonly number[] = [1, 2, 4, 8];

/** How much the bars' onsets are alike, by Dice: 2|A and B| / (|A| + |B|). Pairs of empty bars are left out. */
export function repetitionFeatures(notes: readonly GridNote[]): RepetitionFeatures {
  const alike = diceOfBars(notes);
  const best = new Float64Array(BARS_PER_BLOCK).fill(Number.NaN);
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < BARS_PER_BLOCK; a++) {
    for (let b = 0; b < BARS_PER_BLOCK; b++) {
      const dice = alike[a * BARS_PER_BLOCK + b];
      if (a === b || Number.isNaN(dice)) continue;
      if (!(best[a] >= dice)) best[a] = dice;
      if (a > b) continue;
      sum += dice;
      pairs++;
    }
  }
  const full = new Uint8Array(BARS_PER_BLOCK);
  for (const { onset } of notes) full[Math.floor(onset / STEPS_PER_BAR)] = 1;
  return {
    barSelfSimilarity: pairs === 0 ? 0 : sum / pairs,
    lagSimilarity: Float64Array.of(...LAGS.map((lag) => meanAtLag(alike, lag)), meanWhere(best, full)),
  };
}

/** 16 x 16, of which the diagonal says nothing; NaN where both bars are empty. */
function diceOfBars(notes: readonly GridNote[]): Float64Array {
  const struck = new Uint8Array(BARS_PER_BLOCK * CELLS_PER_BAR);
  const counts = new Uint16Array(BARS_PER_BLOCK);
  const shared = new Float64Array(BARS_PER_BLOCK * BARS_PER_BLOCK);
  for (const { onset, pitch } of notes) {
    const bar = Math.floor(onset / STEPS_PER_BAR);
    const cell = pitch * STEPS_PER_BAR + (onset % STEPS_PER_BAR);
    struck[bar * CELLS_PER_BAR + cell] = 1;
    counts[bar]++;
    for (let other = 0; other < BARS_PER_BLOCK; other++) {
      if (struck[other * CELLS_PER_BAR + cell] === 0) continue;
      shared[other * BARS_PER_BLOCK + bar]++;
      if (other !== bar) shared[bar * BARS_PER_BLOCK + other]++;
    }
  }
  for (let a = 0; a < BARS_PER_BLOCK; a++) {
    for (let b = 0; b < BARS_PER_BLOCK; b++) {
      const both = counts[a] + counts[b];
      const at = a * BARS_PER_BLOCK + b;
      shared[at] = both === 0 ? Number.NaN : (2 * shared[at]) / both;
    }
  }
  return shared;
}

function meanAtLag(alike: Float64Array, lag: number): number {
  let sum = 0;
  let pairs = 0;
  for (let bar = 0; bar + lag < BARS_PER_BLOCK; bar++) {
    const dice = alike[bar * BARS_PER_BLOCK + bar + lag];
    if (Number.isNaN(dice)) continue;
    sum += dice;
    pairs++;
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function meanWhere(values: Float64Array, chosen: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (chosen[i] === 0) continue;
    sum += values[i];
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
