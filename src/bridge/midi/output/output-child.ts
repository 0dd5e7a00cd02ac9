import { unreachable } from '../../../errors.js';
import type { MidiOut, Sent } from '../midi-out.js';
import type { FromOutput, ToOutput } from './output-messages.js';
import { openMidiOut } from './output-thread.js';
import { raisePriority } from './priority.js';

/**
 * The output process: hosts the thread that owns the port, for as long as its channel to the daemon is open. However the
 * daemon ends, the channel closes with it; then every note is released.
 */

/** Longest time to leave in, in ms: what the thread is given to release, and a slow machine's share. */
const LEAVE_MS = 3000;

// a Stop comes through here, while the daemon may be busy with what it means to all others
raisePriority();

let opening: Promise<MidiOut> | null = null;
let sent: Sent[] = [];
let scheduled = 0;
let taken = 0;
let leaving = false;
/** Resolves once all that was posted is on its way. */
let posted: Promise<unknown> = Promise.resolve();

// a terminal, or a system that goes down, sends them to everyone; the daemon obeys, and has music to end first
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.on('message', (message: ToOutput) => void obey(message));
process.on('disconnect', () => void leave());
// the daemon may be gone already, and then there is no such event
if (!process.connected) void leave();

function post(message: FromOutput): void {
  posted = new Promise((resolve) => process.send?.(message, undefined, undefined, resolve));
}

async function obey(message: ToOutput): Promise<void> {
  if (message.kind === 'open') opening = open(message);
  const out = await opening;
  if (out === null) return;
  switch (message.kind) {
    case 'open':
      return postPort(out);
    case 'timeline':
      return out.setTimeline(message.line, message.offset);
    case 'schedule':
      if (out.schedule(message.edges, message.epoch)) scheduled += message.edges.length;
      return;
    case 'release':
      return out.release(message.epoch);
    case 'take-over':
      return out.takeOver(message.epoch, message.from);
    case 'panic':
      return out.panic();
    case 'close':
      return leave();
    default:
      return unreachable(message);
  }
}

const postPort = ({ port, missing }: MidiOut): void => post({ kind: 'port', port, missing });

async function open({ port, sendsClock, inherited }: Extract<ToOutput, { kind: 'open' }>): Promise<MidiOut> {
  const out: MidiOut = await openMidiOut({
    port,
    sendsClock,
    inherited,
    warn: (sentence) => post({ kind: 'warning', sentence }),
    onLook: (queued) => echo(scheduled - queued),
    onPort: () => postPort(out),
    onEnd: (cause) => {
      post({ kind: 'end', cause });
      void leave();
    },
  });
  out.onSent((each) => sent.push(each));
  return out;
}

function echo(takenNow: number): void {
  if (sent.length === 0 && takenNow === taken) return;
  taken = takenNow;
  post({ kind: 'echo', sent, taken });
  sent = [];
}

/** Releases every note, closes the port, tells of it, and ends the process; within bounds whatever happens. */
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  setTimeout(() => process.exit(1), LEAVE_MS);
  const out = await opening;
  await out?.close();
  await posted;
  process.exit();
}
