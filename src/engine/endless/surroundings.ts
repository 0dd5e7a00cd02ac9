import { beside, columnsOf } from '../../music/columns.js';
import type { Latent } from '../../music/latent.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { COLUMNS, EDGE, STEPS_PER_COLUMN, TRUE_COLUMNS } from './reach.js';

/**
 * Columns known on either side of a block that is part of more: one for the network's edge, and two, four bars, that
 * are read with it, so that what sounds over its ends is known.
 */
export const SURROUNDINGS = 3;
/** Of a latent with its surroundings: two windows of which the true columns lie end to end. */
export const WIDE_COLUMNS = COLUMNS + 2 * SURROUNDINGS;

/** A block's columns between the nearest ones of its neighbours. */
export const withSurroundings = (before: Latent, block: Latent, after: Latent): Latent =>
  beside([columnsOf(before, COLUMNS - SURROUNDINGS, SURROUNDINGS), block, columnsOf(after, 0, SURROUNDINGS)]);

/** The block's own columns, with or without its surroundings. */
export const ownColumns = (latent: Latent): Latent =>
  latent.shape.columns === WIDE_COLUMNS ? columnsOf(latent, SURROUNDINGS, COLUMNS) : latent;

/** True columns before the block's first. */
export const LEAD = SURROUNDINGS - EDGE;

/** What the network is to draw for a latent of 14 columns: windows of 8, six columns apart. */
export const windowsOf = (wide: Latent): readonly Latent[] =>
  Array.from({ length: (WIDE_COLUMNS - 2 * EDGE) / TRUE_COLUMNS }, (_, i) =>
    columnsOf(wide, i * TRUE_COLUMNS, COLUMNS),
  );

/**
 * Sixteen bars of what the windows were drawn as, from a true column on: -2 to 2, counted from the block's first. Each of
 * `drawn` is [planes, 64, 256], and so is the answer.
 */
export function stretchFrom(drawn: readonly Float32Array[], column: number): Float32Array {
  const stretch = new Float32Array(drawn[0].length);
  for (let c = 0; c < COLUMNS; c++) {
    const at = LEAD + column + c;
    const from = drawn[Math.floor(at / TRUE_COLUMNS)];
    const step = (EDGE + (at % TRUE_COLUMNS)) * STEPS_PER_COLUMN;
    for (let row = 0; row < stretch.length; row += STEPS_PER_BLOCK) {
      stretch.set(from.subarray(row + step, row + step + STEPS_PER_COLUMN), row + c * STEPS_PER_COLUMN);
    }
  }
  return stretch;
}
