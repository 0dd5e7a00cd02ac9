import { z } from 'zod';
import { DECODING } from '../../music/decoding.js';
import { FEEL } from '../../music/feel.js';
import { DRAWING, type Preset } from '../../music/preset.js';
import { knobAt, type Values } from '../control/controls.js';
import { numberIn } from '../control/schema.js';
import { schemasOf } from './parameter-schema.js';

/** Four times what a model has. */
const MAX_KNOBS = 32;
const KNOB_NAME = /^[a-z][a-z0-9-]{0,31}$/;

const knobs = z
  .record(z.string().regex(KNOB_NAME), numberIn(-1, 1), { error: 'a table of knobs, as in { density = 0.4 }' })
  .refine((named) => Object.keys(named).length <= MAX_KNOBS, { error: `a table of at most ${MAX_KNOBS} knobs` });

/** What of a preset can be turned while it plays: the keys of its file, but for its names, its seed and what stays of its latent. */
export const liveKeys = {
  ...schemasOf(DRAWING),
  knobs: z.exactOptional(knobs),
  ...schemasOf(FEEL),
  ...schemasOf(DECODING),
};

export type LiveKeys = z.infer<z.ZodObject<typeof liveKeys>>;

const live = z.strictObject(liveKeys);

/** The keys of a preset in values by path, which have been checked; the others are left aside. */
export function liveKeysOf(values: Values): LiveKeys {
  const [knobs, keys] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const [path, value] of Object.entries(values)) {
    const knob = knobAt(path);
    if (knob !== null) knobs.set(knob, value);
    else if (path in liveKeys) keys.set(path, value);
  }
  return live.parse({ ...Object.fromEntries(keys), knobs: Object.fromEntries(knobs) });
}

/** The range of pitches must have an inside. */
export const hasRange = ({ lowest = 0, highest = 127 }: { lowest?: number; highest?: number }): boolean =>
  lowest <= highest;

/** Why it has none. */
export const NO_RANGE = { path: ['lowest'], error: 'a pitch from 0 to 127 that is not above highest' };

/** The preset with these keys as they are said; knobs that are not named stay where they are. */
export function withKeys(preset: Preset, keys: LiveKeys): Preset {
  const { feel } = preset;
  const { temperature, whenLate, knobs, stream, form, swing, swingUnit, humanise, ...decoding } = keys;
  return {
    ...preset,
    temperature: temperature ?? preset.temperature,
    whenLate: whenLate ?? preset.whenLate,
    knobs: { ...preset.knobs, ...knobs },
    stream: stream ?? preset.stream,
    form: form ?? preset.form,
    feel: {
      swing: swing ?? feel.swing,
      swingUnit: swingUnit ?? feel.swingUnit,
      humanise: humanise ?? feel.humanise,
    },
    decoding: { ...preset.decoding, ...decoding },
  };
}

/** The keys by which `withKeys` makes the preset of one that says nothing. */
export function keysOf(preset: Preset): LiveKeys {
  const { temperature, whenLate, knobs, stream, form, feel, decoding } = preset;
  return { temperature, whenLate, stream, form, ...feel, ...decoding, knobs };
}
