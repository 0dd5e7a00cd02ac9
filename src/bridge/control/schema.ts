import { z } from 'zod';
import { didYouMean } from '../../suggest.js';

/**
 * Schemas whose messages are their legal range, so that a refusal can always say it: `voices is 99; it must be a
 * whole number from 1 to 64`. Presets, WebSocket and clock add-ons share them.
 */

export function numberIn(low: number, high: number) {
  const error = `a number from ${low} to ${high}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
}

export function wholeIn(low: number, high: number) {
  const error = `a whole number from ${low} to ${high}`;
  return z.number({ error }).int({ error }).min(low, { error }).max(high, { error });
}

export function textUpTo(length: number) {
  const error = `a text of 1 to ${length} characters`;
  return z.string({ error }).min(1, { error }).max(length, { error });
}

export function wordOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: `one of ${words.map((word) => `'${word}'`).join(', ')}` });
}

/**
 * What is wrong with a value, in one sentence: the first issue only, as one is enough to act on. `keysAt` are those that
 * may stand where a path leads.
 */
export function refusal(
  error: z.ZodError,
  value: unknown,
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): string {
  const issue = error.issues[0];
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(issue.path);
    const near = didYouMean(issue.keys[0], keys);
    return `${shown(issue.keys[0])} is no key here${near === '' ? `; the keys are ${keys.join(', ')}.` : `.${near}`}`;
  }
  const found = at(value, issue.path);
  const where = issue.path.length === 0 ? 'it' : issue.path.join('.');
  if (found === undefined) return `${where} is missing; it must be ${issue.message}.`;
  return `${where} is ${shown(found)}; it must be ${issue.message}.`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** A value as the user wrote it, cut short: it may come from anyone. */
function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
