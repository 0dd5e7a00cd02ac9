import { z } from 'zod';
import { DaimonError } from '../errors.js';
import { DECODING, type Decoding } from '../music/decoding.js';
import type { LatentShape } from '../music/latent.js';
import { isLegal, legalValues, mapTable } from '../music/parameter.js';
import { MAX_ROLES, ROLE_NAME, type Role, type RollShape, WHOLE } from '../music/roll.js';
import { PLAIN_NAME } from '../package.js';

/** `card.json` of a model bundle: what a model is, what made it, how good it is, and what to doubt. */
export type Card = z.infer<typeof cardSchema>;

/** A bundle's name is also its folder's. */
export const MODEL_NAME = PLAIN_NAME;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'wants 64 hexadecimal digits');
const count = z.int().nonnegative();
/** ISO 8601. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}/, 'wants a date as in 2026-01-31');

const role = z.strictObject({
  name: z.string().regex(ROLE_NAME, 'wants 1 to 32 characters without a comma'),
  /** 1 where the music that was learned has one note at a time in this role, and then it is drawn so. */
  voices: z.literal(1).nullable(),
}) satisfies z.ZodType<Role>;

const architecture = z
  .strictObject({
    /** The recipe; foreign where it was trained elsewhere. */
    kind: z.enum(['dcgan', 'vaegan', 'foreign']),
    /** Channels of the generator's last hidden layer; left out where they are not known. */
    width: z.exactOptional(z.int().min(1).max(1024)),
    /** 2 x 8 because five doublings make it 64 pitches x 256 steps. */
    latent: z.strictObject({ channels: z.int().min(1).max(1024), rows: z.literal(2), columns: z.literal(8) }),
    /** Of the noise that the prior takes, where it wants more channels than the latent has. */
    noiseChannels: z.exactOptional(z.int().min(1).max(1025)),
    /** 1: sounding. Otherwise sounding and onset of each role in turn. */
    planes: z
      .int()
      .min(1)
      .max(2 * MAX_ROLES),
    /** Left out where the music was not taken apart. */
    roles: z.exactOptional(z.array(role).min(1).max(MAX_ROLES)),
    /** MIDI pitch of the roll's lowest row; 64 rows have to fit below 128. */
    basePitch: z.int().min(0).max(64),
  })
  .refine(({ planes, roles }) => (roles === undefined ? planes <= 2 : planes === 2 * roles.length), {
    path: ['planes'],
    error: 'wants two planes for each role, or without roles 1 or 2',
  });

const training = z.strictObject({
  command: z.string(),
  dataset: z.strictObject({ name: z.string(), source: z.string(), licence: z.string(), blocks: count, heldOut: count }),
  seed: count,
  steps: count,
  minutes: z.number().nonnegative(),
  hardware: z.string(),
  date: day,
  doubts: z.array(z.string()),
});

/** Of a model that was trained elsewhere: what its user said, and what became of their file. */
const added = z.strictObject({
  /** The file's name, without its folders. */
  file: z.string().min(1),
  sha256,
  date: day,
  command: z.string(),
  source: z.string(),
  licence: z.string(),
  /** Sentences; none where it is the very same file. */
  changes: z.array(z.string()),
});

const key = z.strictObject({
  /** Semitones. */
  move: z.int().min(-12).max(12),
  /** Of the blocks. */
  share: z.number().min(0).max(1),
  /** Mean and standard deviation of the mean pitch of the blocks moved so, after the move. */
  pitch: z.number().min(0).max(127),
  deviation: z.number().nonnegative(),
});

/** What `daimon evaluate --card` printed; null is what was not known. */
const evaluation = z.strictObject({
  command: z.string(),
  date: day,
  /** Of each set that was compared. */
  blocks: count,
  draws: count,
  rows: z.array(
    z.strictObject({
      figure: z.string().min(1),
      unit: z.enum(['number', 'share']),
      model: z.number().nullable(),
      /** The same of real music held out, or for the closest pair of any real music. */
      real: z.number().nullable(),
      /** In words; empty where there is none. */
      bar: z.string(),
      met: z.boolean().nullable(),
    }),
  ),
});

const decoding = z.strictObject(
  mapTable(DECODING, (parameter) =>
    z.exactOptional(z.custom((value) => isLegal(parameter, value), `wants ${legalValues(parameter)}`)),
  ) as { readonly [Name in keyof Decoding]: z.ZodExactOptional<z.ZodType<Decoding[Name]>> },
);

const card = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(MODEL_NAME, 'wants lower case letters, digits and hyphens'),
  title: z.string().min(1),
  architecture,
  /** Where this model's rolls want other readings than the defaults. */
  decoding,
  /** How it came to be: trained here, or added. */
  training: z.exactOptional(training),
  added: z.exactOptional(added),
  /** How its training blocks were moved to another key. Without it: not known. */
  keys: z.exactOptional(z.array(key)),
  /** Measured on drawn blocks, beside the same measure on the training set. */
  figures: z.record(z.string(), z.strictObject({ model: z.number(), trainingSet: z.number() })),
  /** Against real music; without it, nobody has done it yet. */
  evaluation: z.exactOptional(evaluation),
  weaknesses: z.array(z.string()),
  /**
   * SHA-256 of each file. Without a prior, noise is the latent; without an encoder, there is no way back to it; without
   * knobs, nobody has looked for them yet.
   */
  files: z.strictObject({
    generator: sha256,
    prior: z.exactOptional(sha256),
    encoder: z.exactOptional(sha256),
    knobs: z.exactOptional(sha256),
  }),
});

const cardSchema = card.refine(({ training, added }) => (training === undefined) !== (added === undefined), {
  path: ['training'],
  error: 'wants either how it was trained, or where it was added from',
});

/** What a model learned from, as far as is known. */
export function learnedFrom({ training, added }: Card): { readonly name: string; readonly licence: string } {
  return training?.dataset ?? { name: 'not known', licence: added?.licence ?? 'not stated' };
}

/** Throws DaimonError `model`, naming the first field that is wrong. `from` names the file in the sentence. */
export function parseCard(json: unknown, from: string): Card {
  const parsed = cardSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : '';
  throw new DaimonError('model', `${from} is no model card: ${issue.message}${field}. Fetch or train the model again.`);
}

/** The noise that a seed gives. */
export const noiseShapeOf = ({ architecture: { latent, noiseChannels } }: Card): LatentShape => ({
  ...latent,
  channels: noiseChannels ?? latent.channels,
});

/** How the planes of a model's network are to be taken. */
export function rollShapeOf({ architecture: { basePitch, planes, roles = [WHOLE] } }: Card): RollShape {
  return { basePitch, planes, roles };
}
