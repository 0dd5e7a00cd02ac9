import { type Millis, millis, TICKS_PER_SONG_POSITION, tick } from '../../music/units.js';
import type { HostMessage } from '../../transport/clock/follower.js';
import { now } from '../monotonic.js';
import { arrivalClock } from './arrival.js';
import { decode } from './midi-messages.js';
import { type OpenInput, openInput } from './ports/open-port.js';
import { openLookout, type PortLookout } from './ports/port-lookout.js';
import { watchPort } from './ports/port-watch.js';
import type { PortOpened, PortWish } from './ports/ports.js';

/** A key that somebody plays, down or up. */
export interface PlayedNote {
  readonly kind: 'on' | 'off';
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
  /** 1..127 for `on`; how fast the key was let go, 0..127, for `off`. */
  readonly velocity: number;
  /** 0..15. */
  readonly channel: number;
  /** When it arrived. */
  readonly time: Millis;
}

/**
 * The input side. It hears what a host sends to steer transport, a System Reset, and what is played. The output sends
 * no transport and no reset, but for clock while our own clock leads, and then no host is heard: even where both are one
 * port, daimon does not steer itself. There it does hear its own notes.
 */
export interface MidiIn {
  /** The port's name; null where there is none now, and then nothing is heard. */
  readonly port: string | null;
  /** One sentence that says why there is no port, and what to do; null where there is one. */
  readonly missing: string | null;
  onMessage(listener: (message: HostMessage) => void): void;
  onNote(listener: (note: PlayedNote) => void): void;
  /** Hears each message as it came, whatever it is, and when. */
  onBytes(listener: (bytes: Uint8Array, time: Millis) => void): void;
  /** Hears of each System Reset: who sends it wants silence at once. */
  onPanic(listener: () => void): void;
  close(): void;
}

export interface MidiInOptions {
  /** Hears, in one sentence each, of the port's going and coming. */
  readonly say: (sentence: string) => void;
  /** The machine's, but for tests. */
  readonly system?: InputSystem;
}

export interface InputSystem {
  readonly open: (wish: PortWish) => Promise<OpenInput>;
  readonly openLookout: () => Promise<PortLookout | null>;
  readonly now: () => Millis;
}

const SYSTEM: InputSystem = { open: openInput, openLookout: () => openLookout('input'), now };

/** Opens the input on this thread. Never fails for want of a port: one that others make is taken up when it comes. */
export async function openMidiIn(wish: PortWish, { say, system = SYSTEM }: MidiInOptions): Promise<MidiIn> {
  const { hear, ...listening } = hearing();
  let closed = false;
  let opened = await system.open(wish);

  const listen = (): void => {
    if (opened.kind === 'none') return;
    // each connection counts its time stamps from its own first message
    const arrivals = arrivalClock();
    opened.native.on('messageBuffer', (seconds, bytes) => {
      hear(bytes, arrivals.stamp(millis(seconds * 1000), system.now()));
    });
  };
  const letGo = (): void => {
    if (opened.kind === 'open') opened.native.destroy();
  };
  const reopen = async (): Promise<PortOpened> => {
    letGo();
    opened = await system.open(wish);
    if (closed) letGo();
    else listen();
    return opened;
  };

  listen();
  const lookout = wish.kind === 'existing' ? await system.openLookout() : null;
  const watched = { wish, direction: 'input', opened: () => opened, reopen, say } as const;
  const watch = lookout === null ? null : watchPort(watched, lookout);
  return {
    get port() {
      return opened.kind === 'open' ? opened.name : null;
    },
    get missing() {
      return opened.kind === 'none' ? opened.reason : null;
    },
    ...listening,
    close: () => {
      closed = true;
      watch?.close();
      letGo();
    },
  };
}

export interface Hearing extends Omit<MidiIn, 'port' | 'missing' | 'close'> {
  /** A message has arrived. */
  hear(bytes: Uint8Array, time: Millis): void;
}

/** Tells those who listen what has arrived, whatever way it came. */
export function hearing(): Hearing {
  const listeners: ((message: HostMessage) => void)[] = [];
  const noteListeners: ((note: PlayedNote) => void)[] = [];
  const byteListeners: ((bytes: Uint8Array, time: Millis) => void)[] = [];
  const panicListeners: (() => void)[] = [];
  return {
    hear: (bytes, time) => {
      if (isReset(bytes)) for (const listener of panicListeners) listener();
      for (const listener of byteListeners) listener(bytes, time);
      const message = hostMessage(bytes, time);
      if (message !== null) for (const listener of listeners) listener(message);
      const note = playedNote(bytes, time);
      if (note !== null) for (const listener of noteListeners) listener(note);
    },
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onNote: (listener) => {
      noteListeners.push(listener);
    },
    onBytes: (listener) => {
      byteListeners.push(listener);
    },
    onPanic: (listener) => {
      panicListeners.push(listener);
    },
  };
}

const isReset = (bytes: Uint8Array): boolean => decode(bytes)?.kind === 'systemReset';

/** `time` is when it arrived; null for whatever is not a note. */
export function playedNote(bytes: Uint8Array, time: Millis): PlayedNote | null {
  const message = decode(bytes);
  if (message?.kind !== 'noteOn' && message?.kind !== 'noteOff') return null;
  const { channel, data1: pitch, data2: velocity } = message;
  const kind = message.kind === 'noteOn' && velocity > 0 ? 'on' : 'off';
  return { kind, pitch, velocity, channel, time };
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
