import { z } from 'zod';
import { DaimonError } from '../../errors.js';
import type { LatentShape } from '../../music/latent.js';

/** `knobs.json` of a model bundle: directions in its latent space, what they do to the music, and how that was measured. */
export type ModelKnobs = z.infer<typeof knobsSchema>;
export type Knob = ModelKnobs['knobs'][number];
export type Component = ModelKnobs['components'][number];
/** A move of a latent: the same in each of its columns. */
export type Move = z.infer<typeof move>;

/** What a client shows of a knob: its name, what its ends sound like, and how it was measured; -1..1, 0 as drawn. */
export type KnobInfo = Omit<Knob, 'move' | 'level' | 'ends'>;
export type ComponentInfo = Omit<Component, 'move'>;

export const knobInfo = ({ name, low, high, help, measured }: Knob): KnobInfo => ({ name, low, high, help, measured });
export const componentInfo = ({ name, share }: Component): ComponentInfo => ({ name, share });

/** A panel has no room for more, and each is one of the names that a client may send. */
const MOST = 32;
/** A latent has at most 1024 channels of two rows. */
const MOST_NUMBERS = 2048;
/** For one level: a column moves to at most twice its distance from the mean of all. */
const MOST_SPREAD = 0.75;

export const KNOB_NAME = /^[a-z][a-z0-9-]{0,47}$/;
const name = z.string().regex(KNOB_NAME, 'wants lower case letters, digits and hyphens');
const words = z.string().min(1).max(200);
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const correlation = z.number().min(-1).max(1);
const numbers = z.array(z.number()).min(1).max(MOST_NUMBERS);

const move = z.strictObject({
  /** Added to every column, [channels][rows]. */
  offset: numbers,
  /** Columns part from their mean by e to this. */
  spread: z.number().min(-MOST_SPREAD).max(MOST_SPREAD),
});

/** Of the knob's value with what is measured, over `draws`. */
const effect = z.strictObject({
  /** Spearman's, with the knob's own trait. */
  rho: correlation,
  /** The largest Spearman correlation with another knob's trait, without its sign; and whose. */
  leak: share,
  into: name.nullable(),
});

const measured = z.strictObject({
  /** With the trait's difference from the same draw at 0: the figures that a knob is held to. */
  changed: effect,
  /** With the trait as it is heard, whatever was drawn. */
  heard: effect,
  /** Mean of the trait at -1, 0 and 1. */
  at: z.tuple([z.number(), z.number(), z.number()]),
  /** Its 1st and 99th percentile in the music that bounds the range. */
  bounds: z.tuple([z.number(), z.number()]),
  /** Share of the blocks at -1 and at 1 that lie between them. */
  inside: z.tuple([share, share]),
  /** Blocks without a note, of all that were measured. */
  silent: count,
});

const knob = z.strictObject({
  name,
  /** What -1 and 1 sound like, in a word or two. */
  low: words,
  high: words,
  /** What is measured. */
  help: words,
  /** For one level: one standard deviation of the trait over blocks as they are drawn. */
  move,
  /** Tells what of a block's own level the knob takes off, by its columns' mean: weights [channels][rows], and what is added. */
  level: z.strictObject({ weights: numbers, bias: z.number() }),
  /** Levels at -1 and 1. */
  ends: z.tuple([z.number().min(-10).max(0), z.number().min(0).max(10)]),
  measured,
});

const component = z.strictObject({
  name,
  /** Of the variance of the columns' mean over blocks as they are drawn. */
  share,
  /** For a value of 1. */
  move,
});

const knobsSchema = z.strictObject({
  format: z.literal(1),
  found: z.strictObject({
    command: z.string(),
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}/, 'wants a date as in 2026-01-31'),
    /** Blocks that each knob was measured on. */
    draws: count,
    /** The real music that bounds the ranges: a dataset's blocks held out. null: the model's own draws. */
    real: z.strictObject({ name: z.string(), blocks: count }).nullable(),
  }),
  knobs: z.array(knob).max(MOST),
  components: z.array(component).max(MOST),
  /** What was tried and is none, with the reason. */
  refused: z.array(z.strictObject({ name, reason: words })).max(4 * MOST),
});

/** Throws DaimonError `model`, naming the first thing that is wrong. `from` names the file in the sentence. */
export function parseKnobs(json: unknown, from: string, { channels, rows }: LatentShape): ModelKnobs {
  const refuse = (what: string): DaimonError =>
    new DaimonError('model', `${from} holds no knobs: ${what}. Fetch the model again.`);
  const parsed = knobsSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw refuse(`${issue.message}${issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : ''}`);
  }
  const { knobs, components } = parsed.data;
  const names = [...knobs, ...components].map((one) => one.name);
  const twice = names.find((one, i) => names.indexOf(one) < i);
  if (twice !== undefined) throw refuse(`"${twice}" is there twice`);
  const sized = [
    ...knobs.flatMap(({ move, level }) => [move.offset, level.weights]),
    ...components.map((c) => c.move.offset),
  ];
  const wrong = sized.find(({ length }) => length !== channels * rows);
  if (wrong === undefined) return parsed.data;
  throw refuse(`a direction has ${wrong.length} numbers where this model's latent wants ${channels * rows}`);
}
