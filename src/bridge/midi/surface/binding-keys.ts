import { z } from 'zod';
import { numberIn, textUpTo, wholeIn, wordOf } from '../../control/schema.js';
import { ENCODINGS } from './encoder.js';

/** From 120 on they are channel modes. */
const MAX_CONTROLLER = 119;
const key = wholeIn(0, 127);
/** Of any parameter. */
const end = numberIn(-1e6, 1e6);
const request = z.looseObject({ kind: z.string() }, { error: 'a request, as in { kind = "next" }' });

/** How a map's file, and a client, tells a binding: what is moved, and what that does. */
export const bindingKeys = z
  .strictObject({
    cc: z.exactOptional(wholeIn(0, MAX_CONTROLLER)),
    /** The coarse half of a pair. */
    cc14: z.exactOptional(wholeIn(0, 31)),
    nrpn: z.exactOptional(wholeIn(0, 16_383)),
    note: z.exactOptional(key),
    notes: z.exactOptional(z.tuple([key, key], { error: 'the lowest and the highest key, as in [48, 72]' }).readonly()),
    bend: z.exactOptional(z.literal(true, { error: 'true' })),
    pressure: z.exactOptional(z.union([key, z.literal('channel')], { error: "a key from 0 to 127, or 'channel'" })),
    program: z.exactOptional(z.union([key, z.literal('any')], { error: "a program from 0 to 127, or 'any'" })),
    /** As musicians count; left out, any. */
    channel: z.exactOptional(wholeIn(1, 16)),
    /** Of an endless encoder. */
    relative: z.exactOptional(wordOf(ENCODINGS)),
    turns: z.exactOptional(textUpTo(64)),
    from: z.exactOptional(end),
    to: z.exactOptional(end),
    root: z.exactOptional(key),
    momentary: z.exactOptional(z.boolean({ error: 'true or false' })),
    asks: z.exactOptional(request),
    lifts: z.exactOptional(request),
    recalls: z.exactOptional(z.literal('presets', { error: "'presets'" })),
    /** The place of the first of them, from 1. */
    first: z.exactOptional(wholeIn(1, 512)),
  })
  .readonly();

export type BindingKeys = z.infer<typeof bindingKeys>;
