import { workerData } from 'node:worker_threads';
import { edgeRing } from '#daimon/bridge/midi/output/edge-ring.js';
import { tick } from '#daimon/music/units.js';
import type { Epoch } from '#daimon/transport/edge.js';

/** A producer thread: pushes edges numbered 0..count-1 in batches of three, waiting while the ring is full. */
const { memory, count }: { readonly memory: SharedArrayBuffer; readonly count: number } = workerData;
const edges = edgeRing(memory);
const pause = new Int32Array(new SharedArrayBuffer(4));

for (let n = 0; n < count; n += 3) {
  const batch = [n, n + 1, n + 2].map((i) => ({ tick: tick(i), status: 0x90, data1: i & 127, data2: (i >> 7) & 127 }));
  while (!edges.push(batch, n as Epoch)) Atomics.wait(pause, 0, 0, 1);
}
