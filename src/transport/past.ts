import type { Take } from './take.js';

/** The takes that changes led away from, to go back to and forth again. The last of each list is the nearest. */
export interface Past {
  readonly before: readonly Setting[];
  readonly after: readonly Setting[];
  /** What the last change moved, if it is something that is turned; null otherwise, and right after going back or forth. */
  readonly turned: string | null;
}

/** A take but for its name. */
export type Setting = Omit<Take, 'id'>;

/** More than anyone goes back; a latent in each, they are 200 KB. */
const MOST_STEPS = 64;

export const NO_PAST: Past = { before: [], after: [], turned: null };

/** A change is made, away from a take. A knob that is turned makes a hundred, which are one to whoever turned it. */
export function leaving({ before, turned: last }: Past, from: Setting, to: Setting): Past {
  const turned = turnedBetween(from, to);
  if (turned !== null && turned === last) return { before, after: [], turned };
  return { before: [...before.slice(1 - MOST_STEPS), from], after: [], turned };
}

/** The names of the preset's values that differ, or what else is turned; null where a change is of another kind. */
function turnedBetween(from: Setting, to: Setting): string | null {
  if (from.seed !== to.seed || from.anchor !== to.anchor) return null;
  if (from.theme !== to.theme)
    return from.theme?.latent === to.theme?.latent && from.theme?.cells === to.theme?.cells ? 'vary' : null;
  if (from.morph !== to.morph) return `morph ${to.morph?.kind}`;
  const { preset: a } = from;
  const { preset: b } = to;
  if (a.name !== b.name) return null;
  const values = [
    [
      { ...a, knobs: null, feel: null, decoding: null },
      { ...b, knobs: null, feel: null, decoding: null },
    ],
    [a.knobs, b.knobs],
    [a.feel, b.feel],
    [a.decoding, b.decoding],
  ] as const;
  return values.flatMap(([before, after]) => namesOfDifferent(before, after)).join(' ');
}

function namesOfDifferent(before: object, after: object): readonly string[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((name) => old.get(name) !== fresh.get(name));
}

/** Going back from a take: the one to go to, or null where there is none. */
export function back({ before, after }: Past, from: Setting): { readonly past: Past; readonly to: Setting } | null {
  const to = before.at(-1);
  return to === undefined ? null : { to, past: { before: before.slice(0, -1), after: [...after, from], turned: null } };
}

/** Forth again, after going back. */
export function forth({ before, after }: Past, from: Setting): { readonly past: Past; readonly to: Setting } | null {
  const to = after.at(-1);
  return to === undefined ? null : { to, past: { before: [...before, from], after: after.slice(0, -1), turned: null } };
}
