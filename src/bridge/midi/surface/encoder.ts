/** How an endless encoder says how far it was turned, in the 7 bits of a control change. */
export const ENCODINGS = ['twos-complement', 'signed-bit', 'binary-offset'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Steps to the right, to the left below 0, of a value 0..127. */
export function stepsOf(encoding: Encoding, value: number): number {
  switch (encoding) {
    case 'twos-complement':
      return value < 64 ? value : value - 128;
    case 'signed-bit':
      return value < 64 ? value : 64 - value;
    case 'binary-offset':
      return value - 64;
  }
}

/** More steps than this at once no hand turns: Ableton's manual of Push 2 has 20. */
const FASTEST = 20;
/** Fewer messages are of a knob as well as of an encoder. */
const FEWEST = 3;

/**
 * The encoding in which a few values are an encoder's, turned to the right at first; null where they are a knob's or a
 * fader's, which never says the same twice running.
 */
export function guessEncoding(values: readonly number[]): Encoding | null {
  const repeats = values.some((value, i) => i > 0 && value === values[i - 1]);
  if (values.length < FEWEST || !repeats) return null;
  const fits = ENCODINGS.filter((encoding) =>
    values.map((value) => Math.abs(stepsOf(encoding, value))).every((steps) => steps >= 1 && steps <= FASTEST),
  );
  return fits.find((encoding) => stepsOf(encoding, values[0]) > 0) ?? fits[0] ?? null;
}
