import { z } from 'zod';
import { DaimonError } from '../../errors.js';
import { PLAIN, type Preset } from '../../music/preset.js';
import { MAX_SEED, seed } from '../../music/random.js';
import { PLAIN_NAME } from '../../package.js';
import { refusal, textUpTo, wholeIn } from '../control/schema.js';
import { parseToml } from '../toml-text.js';
import { hasRange, liveKeys, NO_RANGE, withKeys } from './preset-keys.js';
import { themeKeys, themeOf } from './theme-keys.js';

/** A preset file: TOML, flat, so that a musician reads it as a list of knobs. */
const presetSchema = z
  .strictObject({
    title: textUpTo(60),
    description: textUpTo(200),
    /** Left out: the player's choice. */
    seed: z.exactOptional(wholeIn(0, MAX_SEED)),
    ...themeKeys,
    ...liveKeys,
  })
  .refine(hasRange, NO_RANGE);

const KEYS: readonly string[] = Object.keys(presetSchema.shape);

/** Reads a preset from the text of its file. Throws `preset` with the file, the key, its value and the legal range. */
export function parsePreset(name: string, text: string, file: string): Preset {
  if (!PLAIN_NAME.test(name)) throw refused(file, 'its name must be of lower-case letters, digits and hyphens.');
  const table = parseToml(text, (why) => refused(file, why));
  const parsed = presetSchema.safeParse(table);
  if (!parsed.success) throw refused(file, refusal(parsed.error, table, KEYS));
  const { title, description, seed: fixed, latent, hold, holdRow, vary, ...keys } = parsed.data;
  const own = { name, title, description, seed: fixed === undefined ? null : seed(fixed) };
  return withKeys({ ...PLAIN, ...own, theme: themeOf({ latent, hold, holdRow, vary }) }, keys);
}

const refused = (file: string, why: string): DaimonError =>
  new DaimonError('preset', `The preset ${file} is refused: ${why}`);
