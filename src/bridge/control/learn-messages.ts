import { z } from 'zod';
import { bindingKeys } from '../midi/surface/binding-keys.js';
import { textUpTo } from './schema.js';

/** What of the protocol is about controllers, what they move, and how that is learned. */

const path = textUpTo(64);
/** Read as a request of its own once it is known to be one. */
const action = z.looseObject({ kind: z.string() }, { error: 'a request, as in { "kind": "next" }' });

/** Binds what is moved next to a path or a request; with null, or nothing, lets go of what is armed. */
export const learnKeys = {
  request: z.exactOptional(action.nullable()),
  /** What to ask for when it is let go. */
  lift: z.exactOptional(action),
  path: z.exactOptional(path.nullable()),
  /** A pad holds the path's value at its end, and lets it go back. */
  momentary: z.exactOptional(z.boolean()),
};

/** Whatever moves this path, or asks for this request, does so no more. */
export const unlearnKeys = { request: z.exactOptional(action), path: z.exactOptional(path) };

/** The controllers, and what each moves. */
export const bindingsKeys = {
  /** What the next thing that is moved is bound to; null where nothing is armed. */
  armed: z.strictObject({ path: z.exactOptional(path), request: z.exactOptional(action) }).nullable(),
  controllers: z
    .array(
      z.strictObject({
        /** As the system names it, or as it was asked for while it is not there. */
        port: z.string(),
        connected: z.boolean(),
        map: path,
        bindings: z.array(bindingKeys).readonly(),
      }),
    )
    .readonly(),
  /** The names of all maps there are. */
  maps: z.array(path).readonly(),
};
