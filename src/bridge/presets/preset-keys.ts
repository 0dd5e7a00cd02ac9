import { z } from 'zod';
import { DECODING } from '../../music/decoding.js';
import { FEEL_RANGES } from '../../music/feel.js';
import type { Preset } from '../../music/preset.js';
import { FORM_LETTERS } from '../../music/sketch.js';
import { numberIn, wordOf } from '../control/schema.js';
import { schemaOf, schemasOf } from './parameter-schema.js';

/** Four times what a model has. */
const MAX_KNOBS = 32;
const KNOB_NAME = /^[a-z][a-z0-9-]{0,31}$/;

const knobs = z
  .record(z.string().regex(KNOB_NAME), numberIn(-1, 1), { error: 'a table of knobs, as in { density = 0.4 }' })
  .refine((named) => Object.keys(named).length <= MAX_KNOBS, { error: `a table of at most ${MAX_KNOBS} knobs` });

/** What of a preset can be turned while it plays: the keys of its file, but for its names, its seed and what stays of its latent. */
export const liveKeys = {
  temperature: z.exactOptional(numberIn(0, 2)),
  whenLate: z.exactOptional(wordOf(['repeat', 'rest'])),
  knobs: z.exactOptional(knobs),
  stream: z.exactOptional(wordOf(['blocks', 'endless'])),
  form: z.exactOptional(
    z.string().regex(FORM_LETTERS, { error: 'two, four or eight letters from A to H, as in AABA' }),
  ),
  swing: z.exactOptional(schemaOf(FEEL_RANGES.swing)),
  swingUnit: z.exactOptional(z.literal([8, 16], { error: '8 or 16' })),
  humanise: z.exactOptional(schemaOf(FEEL_RANGES.humanise)),
  ...schemasOf(DECODING),
};

export type LiveKeys = z.infer<z.ZodObject<typeof liveKeys>>;

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
  return { temperature, whenLate, stream, ...(form === null ? {} : { form }), ...feel, ...decoding, knobs };
}
