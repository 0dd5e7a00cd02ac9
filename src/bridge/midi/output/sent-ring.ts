import { millis, tick } from '../../../music/units.js';
import type { Epoch } from '../../../transport/edge.js';
import type { Sent } from '../midi-out.js';
import { EDGE_CAPACITY } from './edge-ring.js';
import { RECORDS_AT, ringMemory, type SpscRing, spscRing } from './spsc-ring.js';

/** edge tick, tick, time, late (f64 each), then status, data1, data2 and one spare byte, then epoch i32. */
const RECORD_BYTES = 40;

/**
 * The main thread empties this ring each time before it gives the output thread more to do, so it need hold only what
 * one full edge ring can cause: each edge once, and an added off for each note struck while it sounds. 5 MiB.
 */
const SENT_CAPACITY = 2 * EDGE_CAPACITY;

/** Producer: the MIDI-out thread. Consumer: the main thread. */
export interface SentRing {
  readonly ring: SpscRing;
  /** Producer: false where it is full, and then this echo is lost. Realtime-safe: yes. */
  push(
    edgeTick: number,
    status: number,
    data1: number,
    data2: number,
    epoch: number,
    sentTick: number,
    time: number,
    late: number,
  ): boolean;
  /** Consumer: the oldest echo, taken out; null where there is none. */
  take(): Sent | null;
}

export const sentRingMemory = (capacity = SENT_CAPACITY): SharedArrayBuffer => ringMemory(capacity, RECORD_BYTES);

export function sentRing(memory: SharedArrayBuffer): SentRing {
  const ring = spscRing(memory, RECORD_BYTES);
  const floats = new Float64Array(memory, RECORDS_AT);
  const bytes = new Uint8Array(memory, RECORDS_AT);
  const words = new Int32Array(memory, RECORDS_AT);
  return {
    ring,
    push: (edgeTick, status, data1, data2, epoch, sentTick, time, late) => {
      if (ring.room() === 0) return false;
      const at = ring.slot(0);
      floats[at * 5] = edgeTick;
      floats[at * 5 + 1] = sentTick;
      floats[at * 5 + 2] = time;
      floats[at * 5 + 3] = late;
      bytes[at * 40 + 32] = status;
      bytes[at * 40 + 33] = data1;
      bytes[at * 40 + 34] = data2;
      words[at * 10 + 9] = epoch;
      ring.publish(1);
      return true;
    },
    take: () => {
      if (ring.length() === 0) return null;
      const at = ring.head();
      const sent: Sent = {
        edge: {
          tick: tick(floats[at * 5]),
          status: bytes[at * 40 + 32],
          data1: bytes[at * 40 + 33],
          data2: bytes[at * 40 + 34],
        },
        epoch: words[at * 10 + 9] as Epoch,
        tick: tick(floats[at * 5 + 1]),
        time: millis(floats[at * 5 + 2]),
        late: millis(floats[at * 5 + 3]),
      };
      ring.advance();
      return sent;
    },
  };
}
