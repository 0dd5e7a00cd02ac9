import { z } from 'zod';
import { DaimonError } from '../../../errors.js';
import { PLAIN_NAME } from '../../../package.js';
import { refusal, textUpTo, wholeIn, wordOf } from '../../control/schema.js';
import { parseToml } from '../../toml-text.js';
import { bindingKeys } from './binding-keys.js';
import type { Binding } from './bindings.js';
import { TAKEOVERS, type Takeover } from './takeover.js';
import { bindingOf } from './told-binding.js';

/** What a controller does, by what is moved on it. */
export interface ControlMap {
  readonly name: string;
  readonly title: string;
  /** A part of the names of the ports that it is for, letter case aside; null for those that have no map of their own. */
  readonly port: string | null;
  readonly takeover: Takeover;
  /** Whether the controller is shown where things stand. */
  readonly feedback: boolean;
  /** The channel to show it on where a binding names none, until the controller has been heard on one. */
  readonly channel: number;
  /** The velocities, or values, that light a pad and put it out. */
  readonly lit: number;
  readonly unlit: number;
  readonly bindings: readonly Binding[];
}

/** Some controllers have a hundred things to move, and 64 pads. */
export const MAX_BINDINGS = 256;

const value = wholeIn(0, 127);
const mapSchema = z.strictObject({
  title: textUpTo(60),
  port: z.exactOptional(textUpTo(100)),
  takeover: z.exactOptional(wordOf(TAKEOVERS)),
  feedback: z.exactOptional(z.boolean({ error: 'true or false' })),
  channel: z.exactOptional(wholeIn(1, 16)),
  lit: z.exactOptional(value),
  unlit: z.exactOptional(value),
  bindings: z
    .array(bindingKeys, { error: 'a list of bindings, as in [{ cc = 20, turns = "swing" }]' })
    .max(MAX_BINDINGS, { error: `a list of at most ${MAX_BINDINGS} bindings` }),
});

const MAP_KEYS: readonly string[] = Object.keys(mapSchema.shape);
const BINDING_KEYS: readonly string[] = Object.keys(bindingKeys.def.innerType.shape);

/** What a map says that leaves it out. */
export const USUAL = { takeover: 'pick-up', feedback: true, channel: 1, lit: 127, unlit: 0 } as const;

/** Reads a map from the text of its file. Throws `map` with the file, the key, its value and the legal range. */
export function parseMap(name: string, text: string, file: string): ControlMap {
  const refused = (why: string): DaimonError => new DaimonError('map', `The map ${file} is refused: ${why}`);
  if (!PLAIN_NAME.test(name)) throw refused('its name must be of lower-case letters, digits and hyphens.');
  const table = parseToml(text, refused);
  const parsed = mapSchema.safeParse(table);
  if (!parsed.success) {
    const isBinding = parsed.error.issues[0].path.length > 0;
    throw refused(refusal(parsed.error, table, isBinding ? BINDING_KEYS : MAP_KEYS));
  }
  const { bindings: told, port = null, ...keys } = parsed.data;
  const bindings = told.map((one, i) => {
    const binding = bindingOf(one);
    if (typeof binding !== 'string') return binding;
    throw refused(`in binding ${i + 1}, ${binding}`);
  });
  return { name, port, ...USUAL, ...keys, bindings };
}
