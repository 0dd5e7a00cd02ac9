/**
 * A queue of fixed-size records from one thread to another, in shared memory, without locks.
 *
 * Roles, for good: one thread is the producer and calls only `room`, `slot` and `publish`; one is the consumer and
 * calls only `length`, `head` and `advance`. Each counter has one writer. The records themselves are plain memory:
 * `publish` stores the counter after them and `length` loads it before them, so a published record is seen whole.
 */
export interface SpscRing {
  readonly memory: SharedArrayBuffer;
  /** Records it holds at most; a power of two, so that the 32-bit counters may wrap around. */
  readonly capacity: number;
  /** Producer: records that can be written now. Realtime-safe: yes. */
  room(): number;
  /** Producer: index (0..capacity-1) of the record `ahead` places after the last published one. Realtime-safe: yes. */
  slot(ahead: number): number;
  /** Producer: hands over the next `count` records. Realtime-safe: yes. */
  publish(count: number): void;
  /** Consumer: records waiting. Realtime-safe: yes. */
  length(): number;
  /** Consumer: index of the oldest record, or of one so many after it; only where `length()` is more. Realtime-safe: yes. */
  head(after?: number): number;
  /** Consumer: gives the oldest record's place back. Realtime-safe: yes. */
  advance(): void;
}

const WRITTEN = 0;
const READ = 1;
/** Before the records; keeps them aligned for any typed array. */
const HEADER_BYTES = 16;

export const ringMemory = (capacity: number, recordBytes: number): SharedArrayBuffer => {
  if (!Number.isInteger(Math.log2(capacity))) throw new RangeError(`capacity ${capacity} is not a power of two`);
  return new SharedArrayBuffer(HEADER_BYTES + capacity * recordBytes);
};

/** Where the records begin in a ring's memory, in bytes. */
export const RECORDS_AT = HEADER_BYTES;

export function spscRing(memory: SharedArrayBuffer, recordBytes: number): SpscRing {
  const capacity = (memory.byteLength - HEADER_BYTES) / recordBytes;
  const mask = capacity - 1;
  const counters = new Int32Array(memory, 0, 2);
  // both counters run freely through 32 bits; their difference, taken in 32 bits, is right across the wrap
  const waiting = (): number => (Atomics.load(counters, WRITTEN) - Atomics.load(counters, READ)) | 0;
  return {
    memory,
    capacity,
    room: () => capacity - waiting(),
    slot: (ahead) => (Atomics.load(counters, WRITTEN) + ahead) & mask,
    publish: (count) => {
      Atomics.add(counters, WRITTEN, count);
    },
    length: waiting,
    head: (after = 0) => (Atomics.load(counters, READ) + after) & mask,
    advance: () => {
      Atomics.add(counters, READ, 1);
    },
  };
}
