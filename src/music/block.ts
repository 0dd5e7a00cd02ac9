import type { Latent } from './latent.js';
import type { Note } from './note.js';
import type { Seed } from './random.js';
import type { Knobs } from './sketch.js';

/** One drawn roll as notes: 256 steps = 16 bars of 4/4, with all that is needed to draw it again. */
export interface Block {
  readonly model: string;
  readonly preset: string;
  readonly seed: Seed;
  /** What was sketched: drawn from with the knobs where they stand here, it gives the same block again. */
  readonly latent: Latent;
  readonly knobs: Knobs;
  /**
   * Sorted by `byOnset`. All begin in the block, and end by its end; but one of a stream without end may sound on into
   * the next block of the stream, by four bars at the most. It ends at the block's end where another one follows.
   */
  readonly notes: readonly Note[];
}
