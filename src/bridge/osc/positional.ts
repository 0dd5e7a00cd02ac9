import { z } from 'zod';
import type { Argument } from './packet.js';

/** Arguments in a row as the keys of a message: what JSON has by name, OSC has by place, in the order of the schema. */

/** A key that nothing was given for yet. */
export type Key = readonly [name: string, schema: unknown];

/** What became of a row of arguments. */
export interface Placed {
  readonly values: Readonly<Record<string, unknown>>;
  /** Keys after the last one that an argument went to. */
  readonly keys: readonly Key[];
  /** Arguments that no key was left for. */
  readonly rest: readonly Argument[];
}

/**
 * Each argument goes to the next key. A list takes all that fit it, a record pairs of a name and a value; a key that
 * may be left out is, where the next argument does not fit it.
 */
export function place(keys: readonly Key[], args: readonly Argument[]): Placed {
  const values: Record<string, unknown> = {};
  let [at, rest] = [0, args];
  for (; at < keys.length && rest.length > 0; at++) {
    const [name, schema] = keys[at];
    const { core, mayLack } = bare(schema);
    if (core instanceof z.ZodArray) {
      const { element } = core;
      const [first] = rest;
      const isBracketed = typeof first === 'object' && first !== null;
      const list = isBracketed ? first : rest.slice(0, countFitting(element, rest));
      if (list.length > 0 || !mayLack) values[name] = first === null ? null : list.map((arg) => as(element, arg));
      rest = rest.slice(isBracketed || first === null ? 1 : list.length);
    } else if (core instanceof z.ZodRecord) {
      // a number that no name comes before is of the next key
      const length = rest.length - (typeof rest.at(-1) === 'number' ? rest.length % 2 : 0);
      values[name] = pairs(rest.slice(0, length));
      rest = rest.slice(length);
    } else if (!mayLack || fits(core, rest[0])) {
      values[name] = as(core, rest[0]);
      rest = rest.slice(1);
    }
  }
  return { values, keys: keys.slice(at), rest };
}

/** What keys are that nothing was given for: `/daimon/morph` alone leaves the way, `/daimon/hold` holds nothing. */
export const emptied = (keys: readonly Key[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    keys.flatMap(([name, schema]): (readonly [string, unknown])[] => {
      if (schema instanceof z.ZodNullable) return [[name, null]];
      const { core, mayLack } = bare(schema);
      return core instanceof z.ZodArray && !mayLack ? [[name, []]] : [];
    }),
  );

const countFitting = (schema: unknown, args: readonly Argument[]): number => {
  const end = args.findIndex((arg) => !fits(schema, arg));
  return end < 0 ? args.length : end;
};

/** What a schema is, but for what it may be besides. */
function bare(schema: unknown): { readonly core: unknown; readonly mayLack: boolean } {
  let [core, mayLack] = [schema, false];
  for (;;) {
    if (core instanceof z.ZodExactOptional || core instanceof z.ZodOptional) mayLack = true;
    else if (!(core instanceof z.ZodNullable || core instanceof z.ZodReadonly)) return { core, mayLack };
    core = core.unwrap();
  }
}

function fits(schema: unknown, arg: Argument): boolean {
  if (schema instanceof z.ZodNumber) return typeof as(schema, arg) === 'number';
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return typeof arg === 'string';
  if (schema instanceof z.ZodBoolean) return typeof arg === 'boolean';
  if (schema instanceof z.ZodObject) return typeof as(schema, arg) === 'object';
  return true;
}

/** A number may come as a text, as out of an address, and a name as a number: 808. A request within one is a text of JSON. */
function as(schema: unknown, arg: Argument): unknown {
  if (schema instanceof z.ZodNumber) return asNumber(arg);
  if (schema instanceof z.ZodObject) return asObject(arg);
  if (schema instanceof z.ZodString && typeof arg === 'number') return String(arg);
  return arg;
}

function asObject(arg: Argument): unknown {
  try {
    return typeof arg === 'string' && arg.startsWith('{') ? JSON.parse(arg) : arg;
  } catch {
    return arg;
  }
}

export const asNumber = (arg: Argument): Argument =>
  typeof arg === 'string' && /^-?\d+(?:\.\d+)?$/.test(arg) ? Number(arg) : arg;

/** A name without a value has none, which no schema lets pass. */
const pairs = (args: readonly Argument[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(args.flatMap((arg, at) => (at % 2 === 0 ? [[String(arg), args[at + 1]]] : [])));
