import { type PlayerRequest, REQUEST_KINDS, requestKeys, requestSchema } from '../../control/protocol.js';
import { refusal } from '../../control/schema.js';

/** A request that a controller may ask for: all that a client can, but for what only a client has an answer for. */
export type Action = Exclude<PlayerRequest, { kind: 'learn' | 'unlearn' }>;

const OF_CLIENTS = ['hello', 'get', 'get-state', 'history', 'bindings', 'ping', 'learn', 'unlearn'] as const;

export const ACTION_KINDS: readonly string[] = REQUEST_KINDS.filter((kind) => !OF_CLIENTS.some((own) => own === kind));

/** Reads a request that is to be bound; a text is what is wrong with it, in a sentence. */
export function readAction(value: unknown): Action | string {
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) return refusal(parsed.error, value, requestKeys(kindOf(value)));
  const { id: _, ...request } = parsed.data;
  return isAction(request) ? request : `kind is "${request.kind}"; it must be one of ${ACTION_KINDS.join(', ')}.`;
}

const isAction = (request: { readonly kind: string }): request is Action => ACTION_KINDS.includes(request.kind);

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
