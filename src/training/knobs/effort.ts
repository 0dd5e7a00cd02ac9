/** How much is drawn. A block takes some ten milliseconds of one core: all of it, about a quarter of an hour. */
export interface Effort {
  /** Blocks as they are drawn: their spread, and what of it the latents tell. */
  readonly blocks: number;
  /** Pairs of moved blocks that tell the first gradients; at least ten for each number of a move. */
  readonly pairs: number;
  /** Blocks on which a candidate is tried, each turned up and down. */
  readonly trials: number;
  /** Other blocks, on which what is left of the candidates is fitted; and others again, on which it is held to the gates. */
  readonly fits: number;
  readonly checks: number;
  /** Times that a candidate's direction is mended by what it did, and times that candidates are replaced. */
  readonly mends: number;
  readonly rounds: number;
  /** Fresh blocks that each knob is measured on, and those of them that are also turned to both ends. */
  readonly draws: number;
  readonly atEnds: number;
}

export const FULL: Effort = {
  blocks: 1200,
  pairs: 6000,
  trials: 160,
  fits: 240,
  checks: 400,
  mends: 3,
  rounds: 4,
  draws: 2000,
  atEnds: 300,
};

/** A knob's own Spearman correlation, at least; and the largest with another knob's trait, at most. */
export const LEAST_RHO = 0.8;
export const MOST_LEAK = 0.3;
/** A panel of eight. */
export const MOST_KNOBS = 8;
