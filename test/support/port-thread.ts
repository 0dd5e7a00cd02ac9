import { parentPort, workerData } from 'node:worker_threads';
import { CLOSING, LOOKS, type OutputThreadData, SIGNAL } from '#daimon/bridge/midi/output/output-control.js';
import type { PortOpened } from '#daimon/bridge/midi/ports/ports.js';

/** An output thread that plays nothing: each time that it shall look for its port, it finds the next of those it is given. */
const { control: memory, finds }: OutputThreadData & { readonly finds: readonly PortOpened[] } = workerData;
const control = new Int32Array(memory);
let looks = 0;
parentPort?.postMessage(finds[0]);
while (Atomics.load(control, CLOSING) === 0) {
  const seen = Atomics.load(control, SIGNAL);
  if (Atomics.load(control, LOOKS) !== looks) parentPort?.postMessage(finds[++looks]);
  Atomics.wait(control, SIGNAL, seen);
}
