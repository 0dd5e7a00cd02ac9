import { workerData } from 'node:worker_threads';
import { sharedTimeline } from '#daimon/bridge/midi/output/shared-timeline.js';
import { bpm, millis, tick } from '#daimon/music/units.js';

/** A writer thread: timelines whose numbers are n, 2n and 3n sevenths, so that a torn one shows, until told to stop. */
const { memory, stop }: { readonly memory: SharedArrayBuffer; readonly stop: SharedArrayBuffer } = workerData;
const timeline = sharedTimeline(memory);
const stopped = new Int32Array(stop);
for (let n = 1; Atomics.load(stopped, 0) === 0; n++)
  timeline.write({ tempo: bpm(n / 7), tickOrigin: tick((2 * n) / 7), timeOrigin: millis((3 * n) / 7) });
