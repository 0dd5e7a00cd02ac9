import { MAX_SEED } from '../../music/random.js';
import { textUpTo, wholeIn } from './schema.js';

/** What requests and messages speak in. */

/** A model's name is its folder's; src/engine/card.ts has the same bound. */
const MAX_MODEL_NAME = 64;

export const seed = wholeIn(0, MAX_SEED);
export const pitch = wholeIn(0, 127);
export const velocity = wholeIn(1, 127);
/** As musicians count. */
export const channel = wholeIn(1, 16);
export const presetName = textUpTo(64);
export const modelName = textUpTo(MAX_MODEL_NAME);
export const count = wholeIn(0, Number.MAX_SAFE_INTEGER);
