import { type Tick, tick } from '../../../music/units.js';
import type { Edge, Epoch } from '../../../transport/edge.js';
import { RECORDS_AT, ringMemory, type SpscRing, spscRing } from './spsc-ring.js';

/** tick f64, then status, data1, data2 (u8) and one spare byte, then epoch i32. */
const RECORD_BYTES = 16;

/**
 * Two blocks of the densest roll there can be: 64 pitches struck at each of 256 steps, an on and an off each. An
 * ordinary block has a few hundred edges. 1 MiB.
 */
export const EDGE_CAPACITY = 2 * 64 * 256 * 2;

/** Producer: the main thread. Consumer: the MIDI-out thread. */
export interface EdgeRing {
  readonly ring: SpscRing;
  /** Producer: all of them or, where they do not fit, none (false). */
  push(edges: readonly Edge[], epoch: Epoch): boolean;
  /** Consumer: fields of the record at an index that `ring.head()` gave. Realtime-safe: yes. */
  tick(at: number): Tick;
  status(at: number): number;
  data1(at: number): number;
  data2(at: number): number;
  epoch(at: number): number;
}

export const edgeRingMemory = (capacity = EDGE_CAPACITY): SharedArrayBuffer => ringMemory(capacity, RECORD_BYTES);

export function edgeRing(memory: SharedArrayBuffer): EdgeRing {
  const ring = spscRing(memory, RECORD_BYTES);
  const ticks = new Float64Array(memory, RECORDS_AT);
  const bytes = new Uint8Array(memory, RECORDS_AT);
  const epochs = new Int32Array(memory, RECORDS_AT);
  return {
    ring,
    push: (edges, epoch) => {
      if (ring.room() < edges.length) return false;
      for (let i = 0; i < edges.length; i++) {
        const edge = edges[i];
        const at = ring.slot(i);
        ticks[at * 2] = edge.tick;
        bytes[at * 16 + 8] = edge.status;
        bytes[at * 16 + 9] = edge.data1;
        bytes[at * 16 + 10] = edge.data2;
        epochs[at * 4 + 3] = epoch;
      }
      ring.publish(edges.length);
      return true;
    },
    tick: (at) => tick(ticks[at * 2]),
    status: (at) => bytes[at * 16 + 8],
    data1: (at) => bytes[at * 16 + 9],
    data2: (at) => bytes[at * 16 + 10],
    epoch: (at) => epochs[at * 4 + 3],
  };
}
