/** The keys that are held, as MIDI pitches, 0..127. */
export type Keys = readonly number[];

/** Fewer make no chord: a bass note, or a melody that somebody plays along. */
const LEAST_TONES = 2;

/** A key goes down or up. */
export function withKey(keys: Keys, { kind, pitch }: { readonly kind: 'on' | 'off'; readonly pitch: number }): Keys {
  const others = keys.filter((other) => other !== pitch);
  return kind === 'on' ? [...others, pitch] : others;
}

/** The pitch classes of what is held, from C up; null where it is no chord. */
export function chordOf(keys: Keys): readonly number[] | null {
  const pitchClasses = [...new Set(keys.map((pitch) => pitch % 12))].sort((a, b) => a - b);
  return pitchClasses.length < LEAST_TONES ? null : pitchClasses;
}
