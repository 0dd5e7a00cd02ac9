import { parentPort, workerData } from 'node:worker_threads';
import { now } from '../../monotonic.js';
import { openOutput } from '../ports/open-port.js';
import { type EarlySender, earlySender } from './early-sender.js';
import { edgePlayer } from './edge-player.js';
import { edgeRing } from './edge-ring.js';
import { epochStarts } from './epoch-starts.js';
import {
  CLOSED,
  CLOSING,
  LOOKS,
  OBEYED,
  type OutputThreadData,
  type OutputThreadReady,
  REFUSED,
  SIGNAL,
} from './output-control.js';
import { raisePriority } from './priority.js';
import { rehearse } from './rehearsal.js';
import { sentRing } from './sent-ring.js';
import { sharedTimeline } from './shared-timeline.js';

/** The thread that owns the output port. It hears no messages, for it plays, waits and plays; it tells what port it has. */

/**
 * The last stretch before an edge is spun, in ms, where the edge is sent by this thread and not by a queue: a wait wakes
 * up to about so much late on an ordinary kernel. At sixteenths it costs some 1 % of a core.
 */
const SPIN = 1;

const data: OutputThreadData = workerData;
const control = new Int32Array(data.control);

let looks = Atomics.load(control, LOOKS);
let opened = await openOutput(data.wish, data.inherited.mayQueue);

const player = edgePlayer({
  control,
  edges: edgeRing(data.edges),
  sent: sentRing(data.sent),
  starts: epochStarts(data.starts),
  timeline: sharedTimeline(data.timeline),
  clock: now,
  send,
  flush,
  early: queueOf(),
  sendsClock: data.sendsClock,
});

raisePriority();
rehearse();
for (const note of data.inherited.struck) player.adopt(note >> 7, note & 127, data.inherited.lastTick);
player.release();
tellOpened();

while (Atomics.load(control, CLOSING) === 0) {
  const seen = Atomics.load(control, SIGNAL);
  if (Atomics.load(control, LOOKS) !== looks) await lookAgain();
  const wait = player.advance(seen);
  Atomics.store(control, OBEYED, seen);
  Atomics.notify(control, OBEYED);
  const spun = player.isEarly ? 0 : SPIN;
  if (wait > spun) Atomics.wait(control, SIGNAL, seen, wait - spun);
  else spin(wait, seen);
}
player.release();
Atomics.store(control, CLOSED, 1);
Atomics.notify(control, CLOSED);
if (opened.kind === 'open') opened.native.destroy();

/** The port is gone, or has come: between two notes, for nothing is heard anyway. */
async function lookAgain(): Promise<void> {
  looks = Atomics.load(control, LOOKS);
  if (opened.kind === 'open') {
    player.losePort();
    opened.native.destroy();
  }
  opened = await openOutput(data.wish, data.inherited.mayQueue);
  if (opened.kind === 'open') player.findPort(queueOf());
  tellOpened();
}

function queueOf(): EarlySender | null {
  return opened.kind === 'open' && 'enqueue' in opened.native ? earlySender(opened.native, now) : null;
}

function tellOpened(): void {
  const ready: OutputThreadReady =
    opened.kind === 'open'
      ? { kind: 'open', name: opened.name, link: opened.link }
      : { kind: 'none', reason: opened.reason };
  parentPort?.postMessage(ready);
}

function spin(wait: number, seen: number): void {
  const until = now() + wait;
  while (now() < until && Atomics.load(control, SIGNAL) === seen);
}

function send(message: Buffer): void {
  if (opened.kind === 'none') return;
  try {
    opened.native.sendMessage(message);
  } catch {
    Atomics.add(control, REFUSED, 1);
  }
}

/** An RtMidi port has sent each message as it came. */
function flush(): void {
  if (opened.kind === 'none' || !('flush' in opened.native)) return;
  if (!opened.native.flush()) Atomics.add(control, REFUSED, 1);
}
