import type { Chord } from '../../music/chord.js';
import type { Decoding } from '../../music/decoding.js';
import { signsOf } from '../../music/mask.js';
import { STEPS_PER_BAR, STEPS_PER_BEAT, step } from '../../music/units.js';

const STEPS_OF = { step: 1, beat: STEPS_PER_BEAT, bar: STEPS_PER_BAR } as const;

/** The masks of a decoding for a roll that begins at another step than the block does, a whole bar's, before it or after. */
export function turned(decoding: Decoding, from: number): Decoding {
  const { rests, ratchets, repeats, repeatOf } = decoding;
  return {
    ...decoding,
    rests: turnedBy(rests, from),
    ratchets: turnedBy(ratchets, from),
    repeats: turnedBy(repeats, from / STEPS_OF[repeatOf]),
  };
}

/** Chords for the same roll. */
export const earlier = (chords: readonly Chord[] = [], from: number): readonly Chord[] =>
  chords.map((chord) => ({ ...chord, step: step(chord.step - from) }));

function turnedBy(mask: string, by: number): string {
  const signs = signsOf(mask);
  const { length } = signs;
  return signs.map((_, i) => signs[(((i + by) % length) + length) % length]).join('');
}
