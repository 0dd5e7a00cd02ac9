import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { now } from '../monotonic.js';
import { edgePlayer } from './edge-player.js';
import { edgeRing } from './edge-ring.js';
import { openOutput } from './open-port.js';
import { CLOSED, CLOSING, type OutputThreadData, type OutputThreadReady, REFUSED, SIGNAL } from './output-control.js';
import { sentRing } from './sent-ring.js';
import { sharedTimeline } from './shared-timeline.js';

/** The thread that owns the output port. After `ready` it answers no messages: it plays, waits and plays. */

/**
 * The last stretch before an edge is spun, in ms: a wait wakes up to about so much late on an ordinary kernel. At
 * sixteenths it costs some 1 % of a core.
 */
const SPIN = 1;

const data: OutputThreadData = workerData;
const control = new Int32Array(data.control);

const opened = await openOutput(data.wish);
const ready: OutputThreadReady =
  opened.kind === 'open' ? { kind: 'open', name: opened.name } : { kind: 'none', reason: opened.reason };

const player = edgePlayer({
  control,
  edges: edgeRing(data.edges),
  sent: sentRing(data.sent),
  timeline: sharedTimeline(data.timeline),
  clock: now,
  send: opened.kind === 'open' ? sendTo(opened.native) : () => {},
});

if (process.platform === 'linux') raisePriority();
for (const note of data.inherited.struck) player.adopt(note >> 7, note & 127, data.inherited.lastTick);
player.release();
parentPort?.postMessage(ready);

while (Atomics.load(control, CLOSING) === 0) {
  const seen = Atomics.load(control, SIGNAL);
  const wait = player.advance(seen);
  if (wait > SPIN) Atomics.wait(control, SIGNAL, seen, wait - SPIN);
  else spin(wait, seen);
}
player.release();
Atomics.store(control, CLOSED, 1);
Atomics.notify(control, CLOSED);
if (opened.kind === 'open') opened.native.closePort();

function spin(wait: number, seen: number): void {
  const until = now() + wait;
  while (now() < until && Atomics.load(control, SIGNAL) === seen);
}

function sendTo(port: { sendMessage(message: Buffer): void }): (message: Buffer) => void {
  return (message) => {
    try {
      port.sendMessage(message);
    } catch {
      Atomics.add(control, REFUSED, 1);
    }
  };
}

/** On Linux a nice value belongs to the thread, and only with rights may it be below 0: without, all stays as it is. */
function raisePriority(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_HIGHEST);
  } catch {}
}
