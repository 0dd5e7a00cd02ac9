import type { Step } from './units.js';

/** A chord that is held, from a step of a block until the next chord of its list, or the block's end. */
export interface Chord {
  readonly step: Step;
  /** 0..11, C is 0; none: there is no chord from here on. */
  readonly pitchClasses: readonly number[];
}

/**
 * Of chords in the order of their steps, the one that holds for most of so many steps from `start`, of equals the
 * earlier: a note that comes early belongs to the chord that it waits for. Null before the first.
 */
export function chordOver(chords: readonly Chord[], start: number, length: number): Chord | null {
  let best: Chord | null = null;
  let most = Math.max((chords[0]?.step ?? start + length) - start, 0);
  chords.forEach((chord, i) => {
    const until = Math.min(chords[i + 1]?.step ?? Number.POSITIVE_INFINITY, start + length);
    const held = until - Math.max(chord.step, start);
    if (held > most) [best, most] = [chord, held];
  });
  return best;
}
