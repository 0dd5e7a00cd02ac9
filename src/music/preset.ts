import type { Decoding } from './decoding.js';
import { type Feel, STRAIGHT } from './feel.js';
import type { Seed } from './random.js';
import type { Knobs, Theme } from './sketch.js';

/** What to do when the next block is not there at its downbeat: play the last one again, or rest. */
export type WhenLate = 'repeat' | 'rest';

/** A character to play in: where in latent space to draw, and how to turn the roll into notes. */
export interface Preset {
  /** As in its file name: lower case, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The take's seed; null leaves the choice to the player. */
  readonly seed: Seed | null;
  /** Scales the noise before the prior, 0..2: 0 is the model's most typical block, above 1 is wild. */
  readonly temperature: number;
  readonly whenLate: WhenLate;
  /** Where the model's knobs stand; a model without a knob of that name plays on without it. */
  readonly knobs: Knobs;
  /** Whether blocks are drawn each by itself, or as one stream without seams. */
  readonly stream: 'blocks' | 'endless';
  /** Letters for the parts of a block, equal ones returning, as in AABA; null: as the model draws it. */
  readonly form: string | null;
  /** What stays from block to block; null: each is drawn afresh. */
  readonly theme: Theme | null;
  /** What this preset asks of the notes; the rest is as the model's card has it. */
  readonly decoding: Partial<Decoding>;
  readonly feel: Feel;
}

/** All that a preset need not say. */
export const PLAIN: Omit<Preset, 'name' | 'title' | 'description'> = {
  seed: null,
  temperature: 1,
  whenLate: 'repeat',
  knobs: {},
  stream: 'blocks',
  form: null,
  theme: null,
  decoding: {},
  feel: STRAIGHT,
};
