import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { DaimonError } from '../../errors.js';
import { DECODING, type Decoding } from '../../music/decoding.js';
import { FEEL_RANGES, type Feel, STRAIGHT } from '../../music/feel.js';
import type { Preset } from '../../music/preset.js';
import { MAX_SEED, seed } from '../../music/random.js';
import { FORM_LETTERS } from '../../music/sketch.js';
import { numberIn, refusal, textUpTo, wholeIn, wordOf } from '../control/schema.js';
import { schemaOf, schemasOf } from './parameter-schema.js';
import { themeKeys, themeOf } from './theme-keys.js';

/** A preset file: TOML, flat, so that a musician reads it as a list of knobs. */
const presetSchema = z
  .strictObject({
    title: textUpTo(60),
    description: textUpTo(200),
    /** Left out: the player's choice. */
    seed: z.exactOptional(wholeIn(0, MAX_SEED)),
    temperature: numberIn(0, 2).default(1),
    whenLate: wordOf(['repeat', 'rest']).default('repeat'),
    knobs: z.record(z.string(), numberIn(-1, 1)).default({}),
    form: z.exactOptional(
      z.string().regex(FORM_LETTERS, { error: 'two, four or eight letters from A to H, as in AABA' }),
    ),
    ...themeKeys,
    swing: schemaOf(FEEL_RANGES.swing).default(STRAIGHT.swing),
    swingUnit: z.literal([8, 16], { error: '8 or 16' }).default(STRAIGHT.swingUnit),
    humanise: schemaOf(FEEL_RANGES.humanise).default(STRAIGHT.humanise),
    ...schemasOf(DECODING),
  } satisfies Record<
    keyof Omit<Preset, 'name' | 'decoding' | 'feel' | 'theme'> | keyof typeof themeKeys | keyof Decoding | keyof Feel,
    z.ZodType
  >)
  .refine(({ lowest = 0, highest = 127 }) => lowest <= highest, {
    path: ['lowest'],
    error: 'a pitch from 0 to 127 that is not above highest',
  });

const KEYS: readonly string[] = Object.keys(presetSchema.shape);

/** Lower case, digits and hyphens: the same on every file system, and nothing that could lead out of a folder. */
export const PRESET_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Reads a preset from the text of its file. Throws `preset` with the file, the key, its value and the legal range. */
export function parsePreset(name: string, text: string, file: string): Preset {
  if (!PRESET_NAME.test(name)) throw refused(file, 'its name must be of lower-case letters, digits and hyphens.');
  const table = parseToml(text, file);
  const parsed = presetSchema.safeParse(table);
  if (!parsed.success) throw refused(file, refusal(parsed.error, table, KEYS));
  const {
    title,
    description,
    seed: fixed,
    temperature,
    whenLate,
    knobs,
    form = null,
    latent,
    hold,
    holdRow,
    vary,
    swing,
    swingUnit,
    humanise,
    ...decoding
  } = parsed.data;
  return {
    name,
    title,
    description,
    seed: fixed === undefined ? null : seed(fixed),
    temperature,
    whenLate,
    knobs,
    form,
    theme: themeOf({ latent, hold, holdRow, vary }),
    decoding,
    feel: { swing, swingUnit, humanise },
  };
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw refused(file, `it is no TOML (${error}).`);
    // the first line says what; the others draw the place
    const what = error.message.split('\n')[0].replace(/^Invalid TOML document: /, '');
    throw refused(file, `it is no TOML at line ${error.line}, column ${error.column} (${what}).`);
  }
}

const refused = (file: string, why: string): DaimonError =>
  new DaimonError('preset', `The preset ${file} is refused: ${why}`);
