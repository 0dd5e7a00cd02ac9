import addSmf, { type Smf, type SmfChunk, type SmfEvent } from 'jzz-midi-smf';

export type { Smf, SmfChunk, SmfEvent };

/**
 * What jzz-midi-smf wants of a jzz to read a file: how an event is made. The real one's events can be sent and edited,
 * and take most of the time that reading takes; these are their bytes and nothing else.
 */
const plainEvents = {
  lib: { now: (): number => 0, copyMidiHelpers(): void {}, copyMidi2Helpers(): void {} },
  MIDI: Object.assign((bytes: readonly number[]) => bytes, {
    smf: (ff: number, dd: string) => ({ length: 0, ff, dd }),
  }),
};
addSmf(plainEvents);

/** Parses a file. Throws `Error`. */
export const { SMF } = plainEvents.MIDI as unknown as { readonly SMF: new (bytes: Uint8Array) => Smf };

/** What the parser complained about. Empties the tracks: it would look at each event once more, and at music theory. */
export function complaintsOf(smf: Smf, tracks: readonly SmfChunk[]): ReturnType<Smf['validate']> {
  for (const track of tracks) track.length = 0;
  return smf.validate();
}
