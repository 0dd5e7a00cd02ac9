/** A strict reader of Standard MIDI Files, for tests: it shares no code with the program, and forgives nothing. */

export interface SmfEvent {
  /** From the start of the file, in the file's own ticks. */
  readonly tick: number;
  readonly message:
    | { readonly kind: 'meta'; readonly type: number; readonly data: Uint8Array }
    | { readonly kind: 'sysex'; readonly data: Uint8Array }
    | { readonly kind: 'channel'; readonly status: number; readonly data1: number; readonly data2: number };
}

export interface Smf {
  readonly format: 0 | 1;
  readonly ticksPerBeat: number;
  readonly tracks: readonly (readonly SmfEvent[])[];
}

class Bytes {
  at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get done(): boolean {
    return this.at === this.bytes.length;
  }

  take(n: number): Uint8Array {
    if (this.at + n > this.bytes.length) throw new Error(`byte ${this.at}: ${n} bytes wanted, the file ends`);
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }

  uint(n: number): number {
    return this.take(n).reduce((value, byte) => value * 256 + byte, 0);
  }

  peek(): number {
    return this.bytes[this.at] ?? -1;
  }

  /** A variable length quantity: at most four bytes. */
  length(): number {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const byte = this.uint(1);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw new Error(`byte ${this.at}: a variable length of more than four bytes`);
  }

  data(): number {
    const byte = this.uint(1);
    if (byte > 0x7f) throw new Error(`byte ${this.at - 1}: ${byte.toString(16)} is no data byte`);
    return byte;
  }

  chunk(type: string): Bytes {
    const name = String.fromCharCode(...this.take(4));
    if (name !== type) throw new Error(`byte ${this.at - 4}: chunk ${name} where ${type} belongs`);
    return new Bytes(this.take(this.uint(4)));
  }
}

export function readSmf(file: Uint8Array): Smf {
  const bytes = new Bytes(file);
  const header = bytes.chunk('MThd');
  const [format, count, ticksPerBeat] = [header.uint(2), header.uint(2), header.uint(2)];
  if (!header.done) throw new Error('the header is not of six bytes');
  if (format !== 0 && format !== 1) throw new Error(`format ${format} is neither 0 nor 1`);
  if (format === 0 && count !== 1) throw new Error(`a file of format 0 with ${count} tracks`);
  if (ticksPerBeat === 0 || ticksPerBeat > 0x7fff) throw new Error(`division ${ticksPerBeat} counts no ticks a beat`);
  const tracks = Array.from({ length: count }, () => readTrack(bytes.chunk('MTrk')));
  if (!bytes.done) throw new Error('bytes after the last track');
  return { format, ticksPerBeat, tracks };
}

function readTrack(bytes: Bytes): SmfEvent[] {
  const events: SmfEvent[] = [];
  let tick = 0;
  let running = 0;
  while (!bytes.done) {
    tick += bytes.length();
    const status = bytes.peek() < 0x80 ? running : bytes.uint(1);
    if (status === 0xff) {
      const type = bytes.data();
      const data = bytes.take(bytes.length());
      events.push({ tick, message: { kind: 'meta', type, data } });
      if (type === 0x2f && !(bytes.done && data.length === 0)) throw new Error('an end of track that is not the end');
    } else if (status === 0xf0 || status === 0xf7) {
      events.push({ tick, message: { kind: 'sysex', data: bytes.take(bytes.length()) } });
    } else if (status >= 0x80 && status < 0xf0) {
      const data1 = bytes.data();
      const data2 = status >= 0xc0 && status < 0xe0 ? 0 : bytes.data();
      events.push({ tick, message: { kind: 'channel', status, data1, data2 } });
    } else throw new Error(`byte ${bytes.at}: no status ${status.toString(16)}`);
    // meta and system messages end a running status
    running = status < 0xf0 ? status : 0;
  }
  const last = events.at(-1)?.message;
  if (last?.kind !== 'meta' || last.type !== 0x2f) throw new Error('a track without its end');
  return events;
}

export interface SmfNote {
  readonly on: number;
  readonly off: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly channel: number;
}

/** The notes of all tracks by onset; throws where a note is struck while it sounds, released unstruck, or never ends. */
export function notesOf(smf: Smf): readonly SmfNote[] {
  return smf.tracks
    .flatMap((track) => {
      const notes: SmfNote[] = [];
      const sounding = new Map<number, { on: number; velocity: number }>();
      for (const { tick, message } of track) {
        if (message.kind !== 'channel' || message.status >= 0xa0) continue;
        const channel = message.status & 0x0f;
        const key = channel * 128 + message.data1;
        const where = `tick ${tick}, channel ${channel + 1}, pitch ${message.data1}`;
        const held = sounding.get(key);
        if (message.status >= 0x90 && message.data2 > 0) {
          if (held !== undefined) throw new Error(`${where}: struck while it sounds`);
          sounding.set(key, { on: tick, velocity: message.data2 });
        } else {
          if (held === undefined) throw new Error(`${where}: released but never struck`);
          sounding.delete(key);
          notes.push({ ...held, off: tick, pitch: message.data1, channel });
        }
      }
      if (sounding.size > 0) throw new Error(`${sounding.size} notes never end`);
      return notes;
    })
    .sort((a, b) => a.on - b.on || a.pitch - b.pitch || a.channel - b.channel);
}

/** The texts of one kind of meta event, e.g. 6 for markers, with their ticks. */
export const textsOf = (smf: Smf, type: number): readonly { readonly tick: number; readonly text: string }[] =>
  smf.tracks
    .flat()
    .flatMap(({ tick, message }) =>
      message.kind === 'meta' && message.type === type ? [{ tick, text: new TextDecoder().decode(message.data) }] : [],
    );
