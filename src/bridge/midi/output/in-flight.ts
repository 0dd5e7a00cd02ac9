/**
 * What was handed to a queue and has not been seen to have left it, in the order in which it goes: a fixed table.
 * Each entry is an edge or a pulse of the clock, and the messages that it came to (an edge may come to none). Times in
 * ms. Realtime-safe: yes.
 */
export interface InFlight {
  /** Entries; and how many of them are edges, and pulses. */
  readonly length: number;
  readonly edges: number;
  readonly pulses: number;
  /** Messages of all entries. */
  readonly messages: number;
  /** Whether it has no more room for edges. */
  readonly isFull: boolean;
  push(tick: number, due: number, goes: number, messages: number, isPulse: boolean): void;
  /** Forgets the oldest entry. */
  shift(): void;
  clear(): void;
  /** Fields of the i-th oldest entry. */
  tick(i: number): number;
  due(i: number): number;
  /** When the queue sends it. */
  goes(i: number): number;
  count(i: number): number;
  isPulse(i: number): boolean;
}

/**
 * Entries at most, a power of two. ALSA has room for 500 messages of a client; each entry comes to two at most, and a
 * panic wants its share.
 */
const CAPACITY = 128;
/** For pulses of the clock, which are never refused: some are late at a time, but not so many. */
const RESERVE = 32;

export function inFlight(): InFlight {
  const ticks = new Float64Array(CAPACITY);
  const dues = new Float64Array(CAPACITY);
  const moments = new Float64Array(CAPACITY);
  const counts = new Uint8Array(CAPACITY);
  const isPulses = new Uint8Array(CAPACITY);
  let first = 0;
  let length = 0;
  let pulses = 0;
  let messages = 0;
  const slot = (i: number): number => (first + i) & (CAPACITY - 1);
  return {
    get length() {
      return length;
    },
    get edges() {
      return length - pulses;
    },
    get pulses() {
      return pulses;
    },
    get messages() {
      return messages;
    },
    get isFull() {
      return length >= CAPACITY - RESERVE;
    },
    push: (tick, due, goes, count, isPulse) => {
      const at = slot(length++);
      ticks[at] = tick;
      dues[at] = due;
      moments[at] = goes;
      counts[at] = count;
      isPulses[at] = isPulse ? 1 : 0;
      messages += count;
      if (isPulse) pulses++;
    },
    shift: () => {
      messages -= counts[first];
      pulses -= isPulses[first];
      first = slot(1);
      length--;
    },
    clear: () => {
      length = 0;
      pulses = 0;
      messages = 0;
    },
    tick: (i) => ticks[slot(i)],
    due: (i) => dues[slot(i)],
    goes: (i) => moments[slot(i)],
    count: (i) => counts[slot(i)],
    isPulse: (i) => isPulses[slot(i)] === 1,
  };
}
