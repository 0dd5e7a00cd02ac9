import { CELLS, cell, PITCHES } from '../../music/roll.js';
import { BARS_PER_BLOCK, STEPS_PER_BEAT, STEPS_PER_BLOCK } from '../../music/units.js';
import { LAGS, TOLD } from '../networks/velocity.js';

/** Columns of a latent, each of two bars. */
export const COLUMNS = 8;
const STEPS_PER_COLUMN = STEPS_PER_BLOCK / COLUMNS;
/** Likeness and traits are told in quarters: enough for the form, too little to tell the tune by. */
const GRAIN = 4;

/** How alike the columns of a block are, AABA, say, and what kind of block it is, whatever the notes. */
export interface Form {
  /** For each column the first one that it repeats, or itself. */
  readonly source: Uint8Array;
  /**
   * [roles * TOLD, 8]: of each role, how alike each column is to the one so many columns before or after it; then, the
   * same for all columns, its traits: how dense, how long its notes, how many of them on the beat.
   */
  readonly told: Float32Array;
  /** [8, 8]: how much each column (of the second axis) has to do with each other one; the shares of a column sum to 1. */
  readonly mixing: Float32Array;
}

/**
 * The form of a roll [2 * roles, 64, 256] of zeros and ones, by the Dice overlap 2|A and B| / (|A| + |B|) of onsets.
 * Columns that overlap by `same` or more repeat each other.
 */
export function formOf(roll: Float32Array, roles: number, same: number): Form {
  const struck = Array.from({ length: roles }, (_, role) => onsetsOf(roll.subarray((2 * role + 1) * CELLS)));
  const overlap = struck.map((columns) => overlaps(columns));
  const size = struck.map((columns) => columns.map((c) => c.cells.length));
  const all = (counts: readonly number[][], c: number): number => counts.reduce((n, role) => n + role[c]!, 0);

  const source = Uint8Array.from({ length: COLUMNS }, (_, c) => c);
  const told = new Float32Array(roles * TOLD * COLUMNS);
  const mixing = new Float32Array(COLUMNS * COLUMNS);
  for (let a = 0; a < COLUMNS; a++) {
    for (let b = 0; b < COLUMNS; b++) {
      const together = dice(
        all(
          overlap.map((o) => o[a]!),
          b,
        ),
        all(size, a) + all(size, b),
      );
      if (b < a && source[a] === a && together >= same) source[a] = source[b]!;
      mixing[b * COLUMNS + a] = inQuarters(together) ** 2;
      for (let role = 0; role < roles && a !== b; role++) {
        const likeness = dice(overlap[role]![a]![b]!, size[role]![a]! + size[role]![b]!);
        told[(role * TOLD + b - a + COLUMNS - 1) * COLUMNS + a] = inQuarters(likeness);
      }
    }
    const total = Array.from({ length: COLUMNS }, (_, b) => mixing[b * COLUMNS + a]!).reduce((x, y) => x + y);
    for (let b = 0; b < COLUMNS; b++) mixing[b * COLUMNS + a]! /= total;
  }
  struck.forEach((columns, role) => {
    traitsOf(columns, roll.subarray(2 * role * CELLS, (2 * role + 1) * CELLS)).forEach((trait, i) => {
      const row = (role * TOLD + LAGS + i) * COLUMNS;
      told.fill(inQuarters(trait), row, row + COLUMNS);
    });
  });
  return { source, told, mixing };
}

/** Puts into each column what its source holds; `values` [.., 8]. */
export function repeat(values: Float32Array, { source }: Form): void {
  for (let row = 0; row < values.length; row += COLUMNS)
    for (let c = 0; c < COLUMNS; c++) values[row + c] = values[row + source[c]!]!;
}

interface Onsets {
  readonly cells: readonly number[];
  readonly has: Uint8Array;
}

function onsetsOf(plane: Float32Array): Onsets[] {
  const columns = Array.from({ length: COLUMNS }, () => ({
    cells: [] as number[],
    has: new Uint8Array(PITCHES * STEPS_PER_COLUMN),
  }));
  for (let row = 0; row < PITCHES; row++) {
    for (let step = 0; step < STEPS_PER_BLOCK; step++) {
      if (plane[cell(row, step)] === 0) continue;
      const { cells, has } = columns[Math.floor(step / STEPS_PER_COLUMN)]!;
      const at = row * STEPS_PER_COLUMN + (step % STEPS_PER_COLUMN);
      cells.push(at);
      has[at] = 1;
    }
  }
  return columns;
}

const overlaps = (columns: readonly Onsets[]): number[][] =>
  columns.map(({ cells }) => columns.map(({ has }) => cells.reduce((n, at) => n + has[at]!, 0)));

/** Onsets a bar, and steps that a note sounds, each in doublings; and the share of onsets on a beat. */
function traitsOf(columns: readonly Onsets[], sounding: Float32Array): number[] {
  const cells = columns.flatMap((column) => column.cells);
  const onsets = cells.length;
  const onBeat = cells.reduce((n, at) => n + ((at % STEPS_PER_COLUMN) % STEPS_PER_BEAT === 0 ? 1 : 0), 0);
  const sounds = sounding.reduce((n, x) => n + x, 0);
  return [
    Math.log2(1 + onsets / BARS_PER_BLOCK),
    onsets === 0 ? 0 : Math.log2(sounds / onsets),
    onsets === 0 ? 0 : onBeat / onsets,
  ];
}

/** Two empty columns are alike. */
const dice = (shared: number, both: number): number => (both === 0 ? 1 : (2 * shared) / both);

const inQuarters = (share: number): number => Math.round(share * GRAIN) / GRAIN;
