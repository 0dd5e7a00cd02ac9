import type { Decoding } from './decoding.js';
import { type Feel, STRAIGHT } from './feel.js';
import { defaultsOf, type ParameterTable, type Settings } from './parameter.js';
import type { Seed } from './random.js';
import type { Knobs, Theme } from './sketch.js';

/** What a preset says of how blocks are drawn. */
export const DRAWING = {
  temperature: {
    kind: 'number',
    min: 0,
    max: 2,
    default: 1,
    help: 'scales the noise that blocks are drawn from: 0 is the most typical block the model knows, above 1 is wild',
  },
  stream: {
    kind: 'choice',
    options: ['blocks', 'endless'],
    default: 'blocks',
    help: 'each block by itself, or one stream without seams: each block follows from the one before and leads to the next',
  },
  form: {
    kind: 'pattern',
    shape: /^(?:[A-H]{2}|[A-H]{4}|[A-H]{8})?$/,
    says: 'two, four or eight letters from A to H, as in AABA',
    default: '',
    help: 'the parts of each block: equal letters are the same music, as in `AABA`; empty, as the model draws it',
  },
  whenLate: {
    kind: 'choice',
    options: ['repeat', 'rest'],
    default: 'repeat',
    help: 'while the next block is not there, the last one plays again, or nothing',
  },
} as const satisfies ParameterTable;

/** A character to play in: where in latent space to draw, and how to turn the roll into notes. */
export interface Preset extends Settings<typeof DRAWING> {
  /** As in its file name: lower case, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The take's seed; null leaves the choice to the player. */
  readonly seed: Seed | null;
  /** Where the model's knobs stand; a model without a knob of that name plays on without it. */
  readonly knobs: Knobs;
  /** What stays from block to block; null: each is drawn afresh. */
  readonly theme: Theme | null;
  /** What this preset asks of the notes; the rest is as the model's card has it. */
  readonly decoding: Partial<Decoding>;
  readonly feel: Feel;
}

/** All that a preset need not say. */
export const PLAIN: Omit<Preset, 'name' | 'title' | 'description'> = {
  ...defaultsOf(DRAWING),
  seed: null,
  knobs: {},
  theme: null,
  decoding: {},
  feel: STRAIGHT,
};
