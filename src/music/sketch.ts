import type { Latent } from './latent.js';
import type { Seed } from './random.js';

/**
 * What a block is drawn from: an expression whose value is a latent, the same each time. Plain data, so that it can
 * cross to the engine's thread, be kept, and be compared.
 */
export type Sketch =
  /** The seed's noise, times temperature, through the prior. */
  | { readonly kind: 'seed'; readonly seed: Seed; readonly temperature: number }
  /** Block `index` of the stream of a seed, which follows from the one before it, and leads to the one after. */
  | { readonly kind: 'stream'; readonly seed: Seed; readonly temperature: number; readonly index: number }
  /** With the nearest columns of its neighbours, so that what sounds over its ends is known. Stands outermost. */
  | { readonly kind: 'surrounded'; readonly before: Sketch; readonly block: Sketch; readonly after: Sketch }
  | { readonly kind: 'given'; readonly latent: Latent }
  /** On the arc between two: 0 is `from`, 1 is `to`, in each of the eight columns as far as it says. */
  | { readonly kind: 'morph'; readonly from: Sketch; readonly to: Sketch; readonly amounts: readonly number[] }
  /** The cells of `held`, and all others of `of`. */
  | { readonly kind: 'hold'; readonly of: Sketch; readonly held: Sketch; readonly cells: Cells }
  /** Each column plays what another one holds. */
  | { readonly kind: 'form'; readonly of: Sketch; readonly form: Form };

/** Columns of a latent, each of about two bars; and its rows, the low and the high pitches. */
export const COLUMNS = 8;
export const ROWS = 2;

/** Some of a latent's cells, row-major [rows][columns]: the low row first. */
export type Cells = readonly boolean[];

export type Row = 'low' | 'high' | 'both';

/** The cells of some columns, counted from 1, in one row or both. */
export const cellsOf = (columns: readonly number[], row: Row = 'both'): Cells =>
  Array.from({ length: ROWS * COLUMNS }, (_, cell) => {
    const isOfRow = row === 'both' || (row === 'low') === cell < COLUMNS;
    return isOfRow && columns.includes((cell % COLUMNS) + 1);
  });

/** For each of the eight columns the one whose content it plays: [0, 1, 0, 1, 4, 5, 0, 1] is AABA. */
export type Form = readonly number[];

/** How far along each of a model's knobs to go from a sketched latent, -1..1 by name; 0 where a name is missing. */
export type Knobs = Readonly<Record<string, number>>;

/**
 * What stays from block to block: the cells held are the latent's, the others are on the arc from it to a fresh draw
 * for each block, 0 not leaving it, 1 being all the draw's.
 */
export interface Theme {
  readonly latent: Latent;
  readonly cells: Cells;
  readonly amount: number;
  /** Semitones from the key that the latent is drawn in to the one that it shall sound in, on top of the preset's; 0 if missing. */
  readonly transpose?: number;
}

/** Plays nothing but a latent, block after block. */
export const onlyThis = (latent: Latent): Theme => ({ latent, cells: cellsOf([]), amount: 0 });

/** Whether blocks under a theme differ. */
export const leavesRoom = ({ cells, amount }: Theme): boolean => amount > 0 && cells.includes(false);

/** A draw under a theme. */
export function onTheme(draw: Sketch, theme: Theme): Sketch {
  const { latent, cells, amount } = theme;
  const held: Sketch = { kind: 'given', latent };
  if (!leavesRoom(theme)) return held;
  const of: Sketch = amount === 1 ? draw : { kind: 'morph', from: held, to: draw, amounts: evenly(amount) };
  return cells.includes(true) ? { kind: 'hold', of, held, cells } : of;
}

/** The same amount in all columns. */
export const evenly = (amount: number): readonly number[] => Array.from({ length: COLUMNS }, () => amount);

/** A form from two, four or eight letters, each a part of the block: each part plays what the first of its letter holds. */
export function formOf(letters: string): Form {
  const width = COLUMNS / letters.length;
  return Array.from({ length: COLUMNS }, (_, column) => {
    const part = Math.floor(column / width);
    return letters.indexOf(letters[part]) * width + (column % width);
  });
}
