import { STEPS_PER_BLOCK } from '../../music/units.js';

/** Columns of a generator's input. */
export const COLUMNS = 8;
export const STEPS_PER_COLUMN = STEPS_PER_BLOCK / COLUMNS;

/**
 * Columns at either end of what a network draws that its edges reach. A transposed convolution of kernel 4, stride 2 and
 * padding 1 carries i to 2i - 1 .. 2i + 2; five of them, a column to its own two bars and 31 steps on either side. So no
 * step hangs on more than three columns, and the zeros that a network sees beyond its edges reach no further than its
 * first and its last column.
 */
export const EDGE = 1;
/** Columns of a window that are as they would be in a latent without end. */
export const TRUE_COLUMNS = COLUMNS - 2 * EDGE;
