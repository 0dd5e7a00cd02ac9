import type { Take } from './take.js';

/** The takes that changes led away from, to go back to and forth again. The last of each list is the nearest. */
export interface Past {
  readonly before: readonly Setting[];
  readonly after: readonly Setting[];
  /** What the last change was; null right after going back or forth. */
  readonly by: Change | null;
}

/** A take but for its name. */
export type Setting = Omit<Take, 'id'>;

export type Change = 'next' | 'seed' | 'preset' | 'edit' | 'theme' | 'vary' | 'recall' | 'morph';

/** A knob that is turned makes a hundred changes, which are one to whoever turned it. */
const TURNS: ReadonlySet<Change> = new Set(['edit', 'morph']);

/** More than anyone goes back; a latent in each, they are 200 KB. */
export const MOST_STEPS = 64;

export const NO_PAST: Past = { before: [], after: [], by: null };

/** A change is made, away from a take. */
export function leaving({ before, by: last }: Past, from: Setting, by: Change): Past {
  if (by === last && TURNS.has(by)) return { before, after: [], by };
  return { before: [...before.slice(1 - MOST_STEPS), from], after: [], by };
}

/** Going back from a take: the one to go to, or null where there is none. */
export function back({ before, after }: Past, from: Setting): { readonly past: Past; readonly to: Setting } | null {
  const to = before.at(-1);
  return to === undefined ? null : { to, past: { before: before.slice(0, -1), after: [...after, from], by: null } };
}

/** Forth again, after going back. */
export function forth({ before, after }: Past, from: Setting): { readonly past: Past; readonly to: Setting } | null {
  const to = after.at(-1);
  return to === undefined ? null : { to, past: { before: [...before, from], after: after.slice(0, -1), by: null } };
}
