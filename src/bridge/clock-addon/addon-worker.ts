import { parentPort, workerData } from 'node:worker_threads';
import { now } from '../monotonic.js';
import { type Checked, checkAddon, checkOpenClock, checkSnapshot } from './addon-interface.js';
import type { AddonSetup, FromAddon, ToAddon } from './addon-thread.js';
import { paced } from './pace.js';

/*
 * The thread of a clock add-on: whatever that throws, now or later, ends this thread and no other, and while it is busy
 * the music is not.
 */

const port = parentPort;
if (port === null) throw new Error('addon-worker.js is a worker thread');
const post = (message: FromAddon): void => port.postMessage(message);
const pass = paced(post);
let saidNonsense = false;

function tell(told: unknown): void {
  const snapshot = checkSnapshot(told, now());
  if (snapshot.kind === 'good') pass({ kind: 'snapshot', snapshot: snapshot.value });
  else if (!saidNonsense) {
    saidNonsense = true;
    post({ kind: 'nonsense', why: snapshot.why });
  }
}

function good<T>(checked: Checked<T>): T {
  if (checked.kind === 'bad') throw new Error(checked.why);
  return checked.value;
}

const { url }: AddonSetup = workerData;
const { openClock } = good(checkAddon(await import(url)));
const clock = good(checkOpenClock(await openClock(tell)));
port.on('message', async ({ kind }: ToAddon) => {
  if (kind !== 'close') return;
  try {
    await clock.close();
  } finally {
    process.exit();
  }
});
post({ kind: 'open' });
