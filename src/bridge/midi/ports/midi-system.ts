import { accessSync, constants } from 'node:fs';

type Easymidi = typeof import('easymidi');
type NativeMidi = typeof import('@julusian/midi');

/** The machine's MIDI. `reason` is one sentence that says what is missing, and what to do. */
export type MidiSystem =
  | {
      readonly kind: 'works';
      /** False on Windows: ports there come from other programs. */
      readonly virtualPorts: boolean;
      readonly easymidi: Easymidi;
      readonly native: NativeMidi;
    }
  | { readonly kind: 'missing'; readonly reason: string };

/** Where ALSA's sequencer is. RtMidi would complain on stderr by itself where it is missing, so we look first. */
const SEQUENCER = '/dev/snd/seq';

let loaded: Promise<MidiSystem> | null = null;

/** Loads the MIDI library, once, where that can work. Never throws. */
export const midiSystem = (): Promise<MidiSystem> => {
  loaded ??= load();
  return loaded;
};

async function load(): Promise<MidiSystem> {
  const reason = process.platform === 'linux' ? sequencerTrouble() : null;
  if (reason !== null) return { kind: 'missing', reason };
  try {
    const native = await import('@julusian/midi');
    const { default: easymidi } = await import('easymidi');
    easymidi.getOutputs();
    return { kind: 'works', virtualPorts: process.platform !== 'win32', easymidi, native };
  } catch (error) {
    return { kind: 'missing', reason: libraryTrouble(error instanceof Error ? error.message : String(error)) };
  }
}

function sequencerTrouble(): string | null {
  try {
    accessSync(SEQUENCER, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code !== 'ENOENT';
    return denied
      ? `There is no MIDI: this user may not open the ALSA sequencer (${SEQUENCER}); join the group with 'sudo usermod -aG audio $USER' and log in again.`
      : `There is no MIDI: this machine has no ALSA sequencer (${SEQUENCER} is missing); load it with 'sudo modprobe snd-seq', or hand the device to the container.`;
  }
}

function libraryTrouble(message: string): string {
  const what = message.split('\n')[0];
  return message.includes('libasound')
    ? `There is no MIDI: the ALSA library is missing (${what}); install the package libasound2, or libasound2t64 on newer systems.`
    : `There is no MIDI: its library does not load here (${what}); run 'npm install' again on this machine.`;
}
