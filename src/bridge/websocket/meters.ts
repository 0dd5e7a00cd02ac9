import { barStart } from '../../music/position.js';
import { TICKS_PER_BEAT } from '../../music/units.js';
import type { MessageOf, ServerMessage, StateBody } from '../control/protocol.js';

/**
 * What a panel shows moving, in a few bytes. docs/protocol.md has the frame byte by byte. It is made of what is told
 * anyway: notes and states.
 */
export interface Meters {
  hear(message: ServerMessage): void;
  /** Each reader misses no note, however seldom it looks. */
  open(): MeterReader;
}

export interface MeterReader {
  /** The frame as of now; null before anything is known. What was struck since the last one counts as sounding. */
  read(): Uint8Array | null;
  close(): void;
}

/** The first byte of every binary frame. */
export const METERS_FORMAT = 2;
const VERSION = 1;
const CHANNELS = 16;
const AT = { clock: 2, position: 4, tempo: 8, lateness: 10, sounding: 12, level: 28 } as const;
const BYTES = 44;
const CLOCKS: readonly StateBody['clock'][] = ['stopped', 'armed', 'running', 'lost'];
const MOST_16 = 0xffff;
const MOST_8 = 0xff;

export function newMeters(): Meters {
  /** Of each channel the velocities by pitch of what sounds. */
  const sounding = Array.from({ length: CHANNELS }, () => new Map<number, number>());
  const readers = new Set<Uint8Array>();
  let state: StateBody | null = null;

  const hearNote = ({ on, pitch, velocity, channel }: MessageOf<'note'>): void => {
    const index = channel - 1;
    if (!on) {
      sounding[index].delete(pitch);
      return;
    }
    sounding[index].set(pitch, velocity);
    for (const struck of readers) struck[index] = Math.max(struck[index], velocity);
  };

  return {
    hear: (message) => {
      if (message.kind === 'note') hearNote(message);
      else if (message.kind === 'state') state = message;
    },
    open: () => {
      const struck = new Uint8Array(CHANNELS);
      readers.add(struck);
      return {
        read: () => {
          if (state === null) return null;
          const levels = sounding.map((held, channel) => Math.max(struck[channel], ...held.values()));
          struck.fill(0);
          return frameOf(
            state,
            sounding.map(({ size }) => size),
            levels,
          );
        },
        close: () => void readers.delete(struck),
      };
    },
  };
}

function frameOf(state: StateBody, sounding: readonly number[], levels: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  const { bar, beat, tick } = state.position;
  bytes[0] = METERS_FORMAT;
  bytes[1] = VERSION;
  bytes[AT.clock] = CLOCKS.indexOf(state.clock);
  view.setUint32(AT.position, barStart(bar) + (beat - 1) * TICKS_PER_BEAT + tick, true);
  view.setUint16(AT.tempo, Math.min(MOST_16, Math.round((state.tempo ?? 0) * 100)), true);
  view.setUint16(AT.lateness, Math.min(MOST_16, Math.round(state.timing.recent.p99 * 1000)), true);
  bytes.set(
    sounding.map((count) => Math.min(MOST_8, count)),
    AT.sounding,
  );
  bytes.set(levels, AT.level);
  return bytes;
}
