import { STEPS_PER_BLOCK } from '../../music/units.js';

/** Columns of a generator's input. */
export const COLUMNS = 8;
export const STEPS_PER_COLUMN = STEPS_PER_BLOCK / COLUMNS;

/** A generator doubles its input so often. */
const DOUBLINGS = 5;

/**
 * The steps of a roll that a latent's column can change: from `first` up to and with `last`, which may lie outside the
 * roll. A transposed convolution of kernel 4, stride 2 and padding 1 carries i to 2i - 1 .. 2i + 2; five of them, to its
 * own two bars and 31 steps on either side. So no step hangs on more than three columns, and the zeros that a network
 * sees beyond its edges reach no further than its first and its last column.
 */
export function reachOf(column: number): { readonly first: number; readonly last: number } {
  let [first, last] = [column, column];
  for (let i = 0; i < DOUBLINGS; i++) [first, last] = [2 * first - 1, 2 * last + 2];
  return { first, last };
}

/** Columns at either end of what a network draws that its edges reach. */
export const EDGE = 1;
/** Columns of a window that are as they would be in a latent without end. */
export const TRUE_COLUMNS = COLUMNS - 2 * EDGE;
