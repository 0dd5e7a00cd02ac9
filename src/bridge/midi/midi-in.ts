import { type Millis, millis, TICKS_PER_SONG_POSITION, tick } from '../../music/units.js';
import type { HostMessage } from '../../transport/follower.js';
import { now } from '../monotonic.js';
import { arrivalClock } from './arrival.js';
import { decode } from './midi-messages.js';
import { openInput } from './open-port.js';
import type { PortWish } from './ports.js';

/**
 * The input side. It hears only what a host sends to steer transport, and the output sends none of that: even where
 * both are one port, daimon does not hear itself.
 */
export interface MidiIn {
  /** The port's name; null where there is no MIDI here, and then nothing is ever heard. */
  readonly port: string | null;
  /** One sentence that says why there is no port, and what to do; null where there is one. */
  readonly missing: string | null;
  onMessage(listener: (message: HostMessage) => void): void;
  close(): void;
}

/** Opens the input on this thread. Never fails for want of a port: see `MidiIn.missing`. */
export async function openMidiIn(wish: PortWish): Promise<MidiIn> {
  const opened = await openInput(wish);
  if (opened.kind === 'none') return { port: null, missing: opened.reason, onMessage: () => {}, close: () => {} };
  const { native, name } = opened;
  const listeners: ((message: HostMessage) => void)[] = [];
  const arrivals = arrivalClock();
  native.on('messageBuffer', (seconds, bytes) => {
    const time = arrivals.stamp(millis(seconds * 1000), now());
    const message = hostMessage(bytes, time);
    if (message !== null) for (const listener of listeners) listener(message);
  });
  return {
    port: name,
    missing: null,
    onMessage: (listener) => {
      listeners.push(listener);
    },
    close: () => native.closePort(),
  };
}

/** `time` is when it arrived; null for whatever is not of the transport. */
export function hostMessage(bytes: Uint8Array, time: Millis): HostMessage | null {
  const message = decode(bytes);
  switch (message?.kind) {
    case 'clock':
      return { kind: 'pulse', time };
    case 'start':
    case 'continue':
    case 'stop':
      return { kind: message.kind, time };
    case 'songPosition':
      return { kind: 'position', tick: tick(message.position * TICKS_PER_SONG_POSITION), time };
    default:
      return null;
  }
}
