import { unreachable } from '../../errors.js';

/**
 * The MIDI 1.0 messages that daimon speaks or hears: the status byte (channel nibble zero) and the length in bytes.
 * All else that knows MIDI bytes derives from this table.
 */
export const MESSAGES = {
  noteOff: { status: 0x80, length: 3 },
  noteOn: { status: 0x90, length: 3 },
  polyPressure: { status: 0xa0, length: 3 },
  controlChange: { status: 0xb0, length: 3 },
  programChange: { status: 0xc0, length: 2 },
  channelPressure: { status: 0xd0, length: 2 },
  pitchBend: { status: 0xe0, length: 3 },
  songPosition: { status: 0xf2, length: 3 },
  clock: { status: 0xf8, length: 1 },
  start: { status: 0xfa, length: 1 },
  continue: { status: 0xfb, length: 1 },
  stop: { status: 0xfc, length: 1 },
  systemReset: { status: 0xff, length: 1 },
} as const;

/** Controllers that silence a channel at value 0, in this order: sustain pedal up, all sound off, all notes off. */
export const SILENCERS = [64, 120, 123] as const;

type Kind = keyof typeof MESSAGES;
type SystemKind = 'songPosition' | 'clock' | 'start' | 'continue' | 'stop' | 'systemReset';

export type MidiMessage =
  | {
      readonly kind: Exclude<Kind, SystemKind>;
      /** 0..15. */
      readonly channel: number;
      /** 0..127 each; `data2` is 0 for the messages of two bytes. */
      readonly data1: number;
      readonly data2: number;
    }
  /** `position` counts sixteenths, 0..16383. */
  | { readonly kind: 'songPosition'; readonly position: number }
  | { readonly kind: Exclude<SystemKind, 'songPosition'> };

/** System messages have their whole status byte to themselves; the others share theirs with a channel. */
const SYSTEM = 0xf0;
const rowOf = (status: number): number => (status >= SYSTEM ? status : status & 0xf0);

const KINDS: ReadonlyMap<number, Kind> = new Map(
  Object.entries(MESSAGES).map(([kind, { status }]) => [status, kind as Kind]),
);

/** Length by status byte, channel included; 0 where the table has no such message. */
const LENGTHS = Uint8Array.from({ length: 256 }, (_, status) => {
  const kind = KINDS.get(rowOf(status));
  return kind === undefined ? 0 : MESSAGES[kind].length;
});

/** Bytes of the message that begins with this status byte; 0 if it is none of ours. Realtime-safe: yes. */
export const messageLength = (status: number): number => LENGTHS[status];

/** A note on with velocity 0 is a note off. Realtime-safe: yes. */
export const isNoteOn = (status: number, data2: number): boolean =>
  (status & 0xf0) === MESSAGES.noteOn.status && data2 > 0;

/** Realtime-safe: yes. */
export const isNoteOff = (status: number, data2: number): boolean =>
  (status & 0xf0) === MESSAGES.noteOff.status || ((status & 0xf0) === MESSAGES.noteOn.status && data2 === 0);

/** One whole message from its bytes; null for what is not in the table, or is cut short. */
export function decode(bytes: Uint8Array): MidiMessage | null {
  const kind = KINDS.get(rowOf(bytes[0]));
  if (kind === undefined || bytes.length < MESSAGES[kind].length) return null;
  switch (kind) {
    case 'clock':
    case 'start':
    case 'continue':
    case 'stop':
    case 'systemReset':
      return { kind };
    case 'songPosition':
      return { kind, position: (bytes[1] & 0x7f) | ((bytes[2] & 0x7f) << 7) };
    case 'noteOff':
    case 'noteOn':
    case 'polyPressure':
    case 'controlChange':
    case 'programChange':
    case 'channelPressure':
    case 'pitchBend': {
      const data2 = MESSAGES[kind].length === 3 ? bytes[2] & 0x7f : 0;
      return { kind, channel: bytes[0] & 0x0f, data1: bytes[1] & 0x7f, data2 };
    }
    default:
      return unreachable(kind);
  }
}
