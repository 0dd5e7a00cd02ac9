/** What a host sends over the wire: bytes and when. Built by hand, after what is known of each host. */
export interface Message {
  /** Milliseconds. */
  readonly time: number;
  readonly bytes: Uint8Array;
}

export const CLOCK = 0xf8;
export const START = 0xfa;
export const CONTINUE = 0xfb;
export const STOP = 0xfc;

/** Song Position: the start of a bar, in sixteenths. */
export const toBar = (bar: number): readonly number[] => {
  const sixteenths = (bar - 1) * 16;
  return [0xf2, sixteenths & 0x7f, sixteenths >> 7];
};

/** Milliseconds between two pulses at 120 BPM. */
export const PULSE = 60_000 / (120 * 24);
export const BAR = 96 * PULSE;

/** Writes a trace, its pen at the time that has been reached. */
export class HostTrace {
  readonly messages: Message[] = [];
  time = 100;

  send(...messages: readonly (number | readonly number[])[]): this {
    for (const message of messages) this.messages.push({ time: this.time, bytes: Uint8Array.from([message].flat()) });
    return this;
  }

  wait(ms: number): this {
    this.time += ms;
    return this;
  }

  /** As many pulses, the first now; the pen then stands where the next one is due. */
  pulses(count: number): this {
    for (let i = 0; i < count; i++) this.send(CLOCK).wait(PULSE);
    return this;
  }

  /** Whole bars of pulses; whatever else comes before the next one does so a moment before it. */
  bars(count: number): this {
    return this.pulses(96 * count);
  }

  /** Something that comes shortly before the pulse that is due now. */
  before(...messages: readonly (number | readonly number[])[]): this {
    return this.wait(-2)
      .send(...messages)
      .wait(2);
  }
}
