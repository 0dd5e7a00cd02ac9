import { z } from 'zod';
import { CONTROL_GROUPS } from './controls.js';
import { textUpTo, wholeIn, wordOf } from './schema.js';

/** What of the protocol is about all that can be turned. */

/** The longest pattern has 64 signs, and spaces for the eye. */
const MAX_TEXT = 256;
/** No list is longer than a scale. */
const MAX_LIST = 16;
/** Twice what there is to turn. */
export const MAX_VALUES = 256;

export const parameterPath = textUpTo(64);
const count = wholeIn(0, Number.MAX_SAFE_INTEGER);
/** What is legal where, the daemon says: it depends on the model. */
const value = z.union([z.number(), z.string().max(MAX_TEXT), z.array(z.number()).max(MAX_LIST).readonly()], {
  error: 'a number, a text or a list of numbers',
});
export const values = z
  .record(parameterPath, value, { error: 'an object with values by path' })
  .refine((named) => Object.keys(named).length <= MAX_VALUES, { error: `at most ${MAX_VALUES} values` });

/** Something that can be turned. Which of the optional keys it has is its kind's. */
export const parameter = z.strictObject({
  path: parameterPath,
  group: wordOf(CONTROL_GROUPS),
  kind: wordOf(['number', 'whole', 'choice', 'pattern', 'list']),
  default: value,
  help: z.string(),
  unit: z.exactOptional(z.string()),
  /** Of a number, or of each in a list. */
  min: z.exactOptional(z.number()),
  max: z.exactOptional(z.number()),
  /** What the ends of a number sound like. */
  low: z.exactOptional(z.string()),
  high: z.exactOptional(z.string()),
  options: z.exactOptional(z.array(z.union([z.string(), z.number()])).readonly()),
  /** Of a pattern: its notation in words, and as a regular expression. */
  says: z.exactOptional(z.string()),
  shape: z.exactOptional(z.string()),
  /** Of a list: how long it may be, and the names that stand for one. */
  least: z.exactOptional(count),
  most: z.exactOptional(count),
  names: z.exactOptional(z.array(z.string()).readonly()),
});
