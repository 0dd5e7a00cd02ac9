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
  /**
   * [8, 8]: what noise each column (of the second axis) begins at, as shares of eight independent noises: as near to
   * that of the earlier column that it is most like as the two are alike. Its variance stays 1.
   */
  readonly beginning: Float32Array;
}

/**
 * The form of a roll [2 * roles, 64, 256] of zeros and ones, by the Dice overlap 2|A and B| / (|A| + |B|) of onsets.
 * Columns that overlap by `same` or more repeat each other.
 */
export function formOf(roll: Float32Array, roles: number, same: number): Form {
  const struck = Array.from({ length: roles }, (_, role) => onsetsOf(roll.subarray((2 * role + 1) * CELLS)));
  const together = likeness(struck);
  const source = sourcesOf(together, same);
  const told = new Float32Array(roles * TOLD * COLUMNS);
  struck.forEach((columns, role) => {
    const alike = likeness([columns]);
    for (let a = 0; a < COLUMNS; a++) {
      for (let b = 0; b < COLUMNS; b++) {
        if (a !== b) told[(role * TOLD + b - a + COLUMNS - 1) * COLUMNS + a] = inQuarters(alike[a]![b]!);
      }
    }
    traitsOf(columns, roll.subarray(2 * role * CELLS, (2 * role + 1) * CELLS)).forEach((trait, i) => {
      const row = (role * TOLD + LAGS + i) * COLUMNS;
      told.fill(inQuarters(trait), row, row + COLUMNS);
    });
  });
  return { source, told, mixing: mixingOf(together), beginning: beginningOf(together, source) };
}

function sourcesOf(together: readonly number[][], same: number): Uint8Array {
  const source = Uint8Array.from({ length: COLUMNS }, (_, c) => c);
  for (let c = 0; c < COLUMNS; c++) {
    const first = together[c]!.slice(0, c).findIndex((t) => t >= same);
    if (first >= 0) source[c] = source[first]!;
  }
  return source;
}

function mixingOf(together: readonly number[][]): Float32Array {
  const mixing = new Float32Array(COLUMNS * COLUMNS);
  for (let c = 0; c < COLUMNS; c++) {
    const weights = together[c]!.map((t) => inQuarters(t) ** 2);
    const total = weights.reduce((x, y) => x + y);
    weights.forEach((w, from) => {
      mixing[from * COLUMNS + c] = w / total;
    });
  }
  return mixing;
}

function beginningOf(together: readonly number[][], source: Uint8Array): Float32Array {
  const beginning = new Float32Array(COLUMNS * COLUMNS);
  for (let c = 0; c < COLUMNS; c++) {
    const repeats = source[c]! < c;
    const before = together[c]!.slice(0, c).map(inQuarters);
    const from = repeats ? source[c]! : before.indexOf(Math.max(...before));
    const share = repeats ? 1 : (before[from] ?? 0);
    if (from >= 0) {
      for (let n = 0; n < c; n++) beginning[n * COLUMNS + c] = share * beginning[n * COLUMNS + from]!;
    }
    beginning[c * COLUMNS + c] = Math.sqrt(1 - share ** 2);
  }
  return beginning;
}

/** What the columns of a block begin at, of independent noise; `values` [.., 8]. */
export function begin(values: Float32Array, { beginning }: Form): void {
  for (let row = 0; row < values.length; row += COLUMNS) {
    const independent = values.slice(row, row + COLUMNS);
    for (let c = 0; c < COLUMNS; c++) {
      values[row + c] = independent.reduce((sum, x, n) => sum + x * beginning[n * COLUMNS + c]!, 0);
    }
  }
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

/** How alike each two columns are, all the given roles taken together. */
function likeness(roles: readonly (readonly Onsets[])[]): number[][] {
  const columns = Array.from({ length: COLUMNS }, (_, c) => c);
  return columns.map((a) =>
    columns.map((b) => {
      let shared = 0;
      let both = 0;
      for (const role of roles) {
        shared += role[a]!.cells.reduce((n, at) => n + role[b]!.has[at]!, 0);
        both += role[a]!.cells.length + role[b]!.cells.length;
      }
      return dice(shared, both);
    }),
  );
}

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
