import { z } from 'zod';
import { DaimonError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import { type Control, controlAt, type Values } from '../control/controls.js';
import { type ControlRequest, requestSchema } from '../control/protocol.js';
import { refusal, wholeIn } from '../control/schema.js';
import { FADER, REQUEST, ROOT } from './address.js';
import type { Argument, OscMessage } from './packet.js';
import { emptied, type Key, place } from './positional.js';
import { isTold } from './told.js';
import { valueFrom, valueUnder } from './turned.js';

const port = z.exactOptional(wholeIn(1, 65_535));
/** To be told of changes, at the sender's own address: at this port of it, or at the one that it sends from. */
const OSC_REQUESTS = [
  z.strictObject({ kind: z.literal('subscribe'), port }),
  z.strictObject({ kind: z.literal('unsubscribe'), port }),
] as const;

/** What a client of the WebSocket subscribes to is topics; here it is all that is told. */
const isShared = (schema: (typeof requestSchema.options)[number]): schema is Shared =>
  schema.shape.kind.value !== 'subscribe';
type Shared = Extract<(typeof requestSchema.options)[number], z.ZodType<SharedRequest>>;
type SharedRequest = Exclude<ControlRequest, { kind: 'subscribe' }>;

const SCHEMAS = [...requestSchema.options.filter(isShared), ...OSC_REQUESTS];

export type OscRequest = SharedRequest | z.infer<(typeof OSC_REQUESTS)[number]>;

/** What an OSC message asks for. */
export type Wish =
  | { readonly kind: 'turn'; readonly control: Control; readonly value: Values[string]; readonly isFader: boolean }
  | { readonly kind: 'request'; readonly request: OscRequest };

/** What each request takes: the keys of its schema, in their order. */
export const REQUEST_ARGUMENTS: ReadonlyMap<string, readonly Key[]> = new Map(
  SCHEMAS.map(({ shape }) => [
    shape.kind.value,
    Object.entries(shape).filter(([name]) => name !== 'kind' && name !== 'id'),
  ]),
);

/**
 * Reads a message; null where it asks for nothing: a button let go, our own words come back, another program's address.
 * Throws DaimonError.
 */
export function wishOf({ address, args }: OscMessage, controls: readonly Control[]): Wish | null {
  if (!address.startsWith(ROOT) || isTold(address)) return null;
  if (/[*?[\]{}]/.test(address))
    throw new DaimonError('protocol', `${cut(address)} is a pattern, which daimon does not read: name each address.`);
  const path = address.slice(ROOT.length);
  if (path.startsWith(FADER)) {
    const control = controlAt(controls, path.slice(FADER.length));
    return { kind: 'turn', control, value: valueUnder(control, args), isFader: true };
  }
  const words = path.split('/');
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join('/');
    const control = controls.find((one) => one.path === name);
    if (control !== undefined) return turn(control, words.slice(length), args);
  }
  const [kind, ...more] = path.startsWith(REQUEST) ? words.slice(1) : words;
  const keys = REQUEST_ARGUMENTS.get(kind);
  if (keys !== undefined) return ask(kind, keys, more, args);
  const names = [...controls.map((one) => one.path), ...REQUEST_ARGUMENTS.keys()];
  throw new DaimonError('protocol', `There is nothing at ${cut(address)}.${didYouMean(cut(path), names)}`);
}

/** Without a value it asks where the control stands. A value in the address makes it a button. */
function turn(control: Control, words: readonly string[], args: readonly Argument[]): Wish | null {
  if (words.length === 0 && args.length === 0) return request({ kind: 'get', paths: [control.path] });
  if (words.length > 0 && isReleased(args)) return null;
  return { kind: 'turn', control, value: valueFrom(control, words.length > 0 ? words : args), isFader: false };
}

/** The address may give the first arguments. Where it gives all, what comes with it is a button's. */
function ask(kind: string, all: readonly Key[], words: readonly string[], args: readonly Argument[]): Wish | null {
  const inAddress = place(all, words);
  const { values, keys, rest } = place(inAddress.keys, args);
  if (inAddress.rest.length > 0) throw tooMany(kind, all);
  if (rest.length > 0) {
    if (all.length > 0 && words.length === 0) throw tooMany(kind, all);
    if (isReleased(rest)) return null;
  }
  return request({ kind, ...emptied(keys), ...inAddress.values, ...values });
}

function request(value: { readonly kind: string; readonly [key: string]: unknown }): Wish {
  const schema = SCHEMAS.find(({ shape }) => shape.kind.value === value.kind)!;
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'request', request: parsed.data };
  const why = refusal(parsed.error, value, Object.keys(schema.shape));
  throw new DaimonError('protocol', `/daimon/${value.kind} is refused: ${why}`);
}

/** A button sends 1 when it is pressed and 0 when it is let go, and one that sends nothing is pressed. */
function isReleased(args: readonly Argument[]): boolean {
  const [value = true] = args;
  if (args.length > 1 || !['number', 'boolean'].includes(typeof value))
    throw new DaimonError('protocol', 'A button sends one number, 0 when it is let go.');
  return value === 0 || value === false;
}

function tooMany(kind: string, keys: readonly Key[]): DaimonError {
  const names = keys.map(([name]) => name).join(', ');
  return new DaimonError('protocol', `/daimon/${kind} takes no more than ${names === '' ? 'a button' : names}.`);
}

/** Longer than any address that there is: it may come from anyone. */
const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
