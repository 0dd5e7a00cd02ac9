import { didYouMean } from '../../suggest.js';
import { type ControlRequest, REQUEST_KINDS, type RequestId, requestKeys, requestSchema } from './protocol.js';
import { refusal } from './schema.js';

/** A frame as read: a request, or why it is none. The `id` is kept wherever one can be made out. */
export type Frame =
  | { readonly kind: 'request'; readonly id: RequestId | null; readonly request: ControlRequest }
  | { readonly kind: 'refused'; readonly id: RequestId | null; readonly message: string };

/** A list of numbers by a path of `set` is the deepest there is; what is nested by the thousand, no stack survives. */
const MAX_DEPTH = 8;

/** Reads a text frame. Never throws. */
export function readFrame(text: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'refused', id: null, message: 'The frame is not JSON; send one JSON object to a text frame.' };
  }
  if (!isFlat(value, MAX_DEPTH)) {
    return { kind: 'refused', id: null, message: `The frame is nested more than ${MAX_DEPTH} deep; no request is.` };
  }
  const parsed = tried(value);
  if (parsed === null) return { kind: 'refused', id: null, message: 'The request is refused: a length in it is none.' };
  if (parsed.success) return { kind: 'request', id: parsed.data.id ?? null, request: parsed.data };
  const { kind, id } = keysOf(value);
  const why = refusal(parsed.error, value, requestKeys(kind));
  const near = typeof kind === 'string' && !REQUEST_KINDS.includes(kind) ? didYouMean(cut(kind), REQUEST_KINDS) : '';
  return { kind: 'refused', id: readableId(id), message: `The request is refused: ${why}${near}` };
}

/** Whether nothing is nested deeper than so. JSON.parse, unlike all that reads its value, goes down without recursion. */
const isFlat = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((each) => isFlat(each, depth - 1)));

/** Null where zod throws: it compares the `length` of whatever has one, also where that is an object without a value. */
function tried(value: unknown) {
  try {
    return requestSchema.safeParse(value);
  } catch {
    return null;
  }
}

const keysOf = (value: unknown): { kind?: unknown; id?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

const readableId = (id: unknown): RequestId | null =>
  typeof id === 'number' || (typeof id === 'string' && id.length <= 64) ? id : null;

/** Longer than any kind: what lies beyond can't bring it nearer to one, and edit distance is quadratic. */
const cut = (kind: string): string => kind.slice(0, 32);
