/** Pitch classes are 0..11, C is 0. */

export const OCTAVE = 12;

export const pitchClassOf = (pitch: number): number => ((pitch % OCTAVE) + OCTAVE) % OCTAVE;

/** Twelve flags: 1 for each pitch class of the list, from whatever tonic. */
export function pitchClassSet(pitches: readonly number[], tonic = 0): Uint8Array {
  const set = new Uint8Array(OCTAVE);
  for (const pitch of pitches) set[pitchClassOf(pitch + tonic)] = 1;
  return set;
}
