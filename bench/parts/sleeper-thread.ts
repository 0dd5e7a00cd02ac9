import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { now } from '#daimon/bridge/monotonic.js';

/**
 * What the machine gives a thread that does nothing but sleep to a grid: it waits as the output thread waits (by
 * Atomics.wait, the last millisecond spun, at the highest priority it may have), and notes how late it was.
 */

export interface SleeperData {
  /** Of the first moment, by `now`, and the span to the next, in ms. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

const SPIN = 1;
const { first, step, count }: SleeperData = workerData;
const never = new Int32Array(new SharedArrayBuffer(4));
const late = new Float64Array(count);

try {
  os.setPriority(os.constants.priority.PRIORITY_HIGHEST);
} catch {}
for (let i = 0; i < count; i++) {
  const due = first + i * step;
  const wait = due - SPIN - now();
  if (wait > 0) Atomics.wait(never, 0, 0, wait);
  while (now() < due);
  late[i] = now() - due;
}
parentPort?.postMessage(late);
