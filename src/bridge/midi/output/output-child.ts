import { unreachable } from '../../../errors.js';
import { hostMessage, type MidiIn, openMidiIn } from '../midi-in.js';
import type { MidiOut, Sent } from '../midi-out.js';
import type { PortWish } from '../ports/ports.js';
import type { FromOutput, ToOutput } from './output-messages.js';
import { type OutputThread, openMidiOut } from './output-thread.js';
import { raisePriority } from './priority.js';
import { type ReflexArc, reflexArc } from './reflex-arc.js';

/**
 * The output process: hosts the thread that owns the port, for as long as its channel to the daemon is open. However the
 * daemon ends, the channel closes with it; then every note is released. It hears the input as well, for a host's Stop
 * and its first pulse are not to wait for the daemon, which may be busy.
 */

/** Longest time to leave in, in ms: what the thread is given to release, and a slow machine's share. */
const LEAVE_MS = 3000;
/** Messages on their way to the daemon beyond which only the transport is passed on. */
const MOST_UNREAD = 1000;

// a Stop comes through here, while the daemon may be busy with what it means to all others
raisePriority();

let opening: Promise<Opened> | null = null;
let input: MidiIn | null = null;
let sent: Sent[] = [];
let scheduled = 0;
let taken = 0;
let leaving = false;
/** Messages that the system has not taken over, for the daemon does not read. */
let unread = 0;
/** Resolves once all that was posted is on its way. */
let posted: Promise<unknown> = Promise.resolve();

// a terminal, or a system that goes down, sends them to everyone; the daemon obeys, and has music to end first
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.on('message', (message: ToOutput) => void obey(message));
process.on('disconnect', () => void leave());
// the daemon may be gone already, and then there is no such event
if (!process.connected) void leave();

function post(message: FromOutput): void {
  unread++;
  posted = new Promise((resolve) =>
    process.send?.(message, undefined, undefined, () => {
      unread--;
      resolve(undefined);
    }),
  );
}

async function obey(message: ToOutput): Promise<void> {
  if (message.kind === 'open') opening = open(message);
  const opened = await opening;
  if (opened === null) return;
  const { out, arc } = opened;
  switch (message.kind) {
    case 'open':
      return postPort(out);
    case 'listen':
      return listen(message.port, arc);
    case 'reflexes':
      return arc.learn(message.reflexes, message.heard);
    case 'timeline':
      return arc.setTimeline(message.line, message.offset, message.heard);
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

interface Opened {
  readonly out: OutputThread;
  readonly arc: ReflexArc;
}

async function open({ port, sendsClock, inherited }: Extract<ToOutput, { kind: 'open' }>): Promise<Opened> {
  const out: OutputThread = await openMidiOut({
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
  return { out, arc: reflexArc(out) };
}

async function listen(port: PortWish, arc: ReflexArc): Promise<void> {
  const opened = await openMidiIn(port, {
    say: (sentence) => {
      postInput(opened);
      post({ kind: 'warning', sentence });
    },
  });
  input = opened;
  opened.onBytes((bytes, time) => {
    const message = hostMessage(bytes, time);
    // who floods the input while the daemon stands still is not remembered; what the transport said is
    if (message === null && unread > MOST_UNREAD) return;
    const acted = arc.hear(message);
    post({ kind: 'arrival', bytes, time, acted });
  });
  postInput(opened);
}

const postInput = ({ port, missing }: MidiIn): void => post({ kind: 'input', port, missing });

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
  input?.close();
  await (await opening)?.out.close();
  await posted;
  process.exit();
}
