import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { unreachable } from '../../../errors.js';
import { type Timeline, tickAt, timeAt } from '../../../music/timeline.js';
import { millis, minus, type Tick } from '../../../music/units.js';
import { NO_REFLEXES, type Reflexes } from '../../../transport/clock/reflexes.js';
import { type Edge, type Epoch, FIRST_EPOCH } from '../../../transport/edge.js';
import { now } from '../../monotonic.js';
import type { MidiIn } from '../midi-in.js';
import { isNoteOff, isNoteOn } from '../midi-messages.js';
import type { MidiOut, MidiOutOptions, Sent } from '../midi-out.js';
import type { PortWish } from '../ports/ports.js';
import { Ledger } from './ledger.js';
import type { FromOutput, Inherited, ToOutput } from './output-messages.js';
import { remoteInput } from './remote-input.js';
import { unheardEdges } from './unheard-edges.js';

export interface OutputProcessOptions extends MidiOutOptions {
  /** Starts the process's program; a test may keep hold of what it starts. */
  readonly startProcess?: (program: string, options: ForkOptions) => OutputChild;
}

/** What is used of a child process. */
export type OutputChild = Pick<ChildProcess, 'on' | 'once' | 'send' | 'kill'>;

/** A process that dies so often dies of something that a fresh one does not mend. */
const MOST_RESTARTS = 3;
/** Longest wait for the process to release and leave, in ms. One that has only just started must first come up. */
const CLOSE_MS = 5000;
/**
 * Messages that the system has not taken over, for the process does not read: a host's clock at 300 BPM moves the
 * timeline 120 times a second. It is ended then, and a fresh one may read.
 */
const MOST_UNREAD = 1000;

/** The output, and the input that is heard in its process. */
export interface OutputProcess extends MidiOut {
  /** Opens the input, once; never fails for want of a port. It closes with the output. */
  listen(port: PortWish): Promise<MidiIn>;
  /** What is to be done at once as it arrives at the input. */
  setReflexes(reflexes: Reflexes): void;
}

/**
 * Opens the output in a process of its own: whatever becomes of the daemon, a kill, a crash in native code, want of
 * memory, no note stays on. Never fails for want of a port: see `MidiOut.missing`.
 */
export async function openMidiOut(options: OutputProcessOptions): Promise<OutputProcess> {
  const out = new MidiOutProcess(options);
  await new Promise<void>((resolve) => out.start(resolve));
  return out;
}

/** A process that runs, or was started. */
interface Running {
  readonly child: OutputChild;
  /** It has its port, or knows that it gets none. */
  ready: boolean;
  /** Edges that it has said to have taken. */
  taken: number;
  /** Arrivals that it has told of. */
  heard: number;
  unread: number;
  /** Of what it ended, or will. */
  cause: string;
}

class MidiOutProcess implements OutputProcess {
  readonly #options: OutputProcessOptions;
  readonly #listeners: ((sent: Sent) => void)[] = [];
  /** The process's own ledger as the echo shows it, for the case that it dies. */
  readonly #mirror = new Ledger();
  readonly #unheard = unheardEdges();
  readonly #warned = new Set<string>();
  #line: Timeline | null = null;
  #offset = millis(0);
  #epoch = FIRST_EPOCH;
  #lastTick = 0;
  #port: string | null = null;
  #missing: string | null = 'The MIDI output is not open yet.';
  readonly #input = remoteInput();
  #reflexes = NO_REFLEXES;
  #running: Running | null = null;
  #restarts = 0;
  /** Closed, or given up: nothing more will be sent. */
  #ended = false;

  constructor(options: OutputProcessOptions) {
    this.#options = options;
  }

  get port(): string | null {
    return this.#port;
  }

  get missing(): string | null {
    return this.#missing;
  }

  /** `opened` is called once a process has its port, or knows that it gets none, or all of them have died. */
  start(opened: () => void): void {
    const running = this.#fork();
    if (typeof running === 'string') {
      this.#onDeath(running, opened);
      return;
    }
    const { child } = running;
    this.#running = running;
    child.on('error', ({ message }) => {
      running.cause = message;
    });
    child.on('message', (message: FromOutput) => {
      this.#hear(message, running);
      if (message.kind === 'port') opened();
    });
    // not before all that it said has been heard
    child.on('close', (code, signal) => {
      this.#running = null;
      if (signal !== null) running.cause = `by ${signal}`;
      else if (code !== 0 && code !== null) running.cause = `with exit code ${code}`;
      if (!this.#ended) this.#onDeath(running.cause, opened);
    });
    const { port, sendsClock = false } = this.#options;
    this.#post({ kind: 'open', port, sendsClock, inherited: this.#inherited() });
    this.#post({ kind: 'release', epoch: this.#epoch });
    this.#tellState(running);
    if (this.#input.wish !== null) this.#post({ kind: 'listen', port: this.#input.wish });
  }

  listen(port: PortWish): Promise<MidiIn> {
    const opening = this.#input.open(port);
    if (this.#running === null) this.#input.tell({ port: null, missing: this.#missing });
    else this.#post({ kind: 'listen', port });
    return opening;
  }

  setReflexes(reflexes: Reflexes): void {
    this.#reflexes = reflexes;
    if (this.#running !== null) this.#post({ kind: 'reflexes', reflexes, heard: this.#running.heard });
  }

  setTimeline(line: Timeline | null, offset = millis(0)): void {
    this.#line = line;
    this.#offset = offset;
    if (this.#running !== null) this.#post({ kind: 'timeline', line, offset, heard: this.#running.heard });
  }

  schedule(edges: readonly Edge[], epoch: Epoch): boolean {
    if (this.#ended || !this.#unheard.push(edges, epoch)) return false;
    if (this.#running?.ready) this.#post({ kind: 'schedule', edges, epoch });
    return true;
  }

  release(epoch: Epoch): void {
    this.#epoch = epoch;
    this.#post({ kind: 'release', epoch });
  }

  takeOver(epoch: Epoch, from: Tick): void {
    this.#epoch = epoch;
    this.#post({ kind: 'take-over', epoch, from });
  }

  panic(): void {
    this.#post({ kind: 'panic' });
  }

  onSent(listener: (sent: Sent) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#ended = true;
    if (this.#running === null) return;
    const { child } = this.#running;
    const left = new Promise((resolve) => child.once('close', resolve));
    this.#post({ kind: 'close' });
    const deadline = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
    await left;
    clearTimeout(deadline);
  }

  /** Gives the reason where the system starts no process. */
  #fork(): Running | string {
    const start = this.#options.startProcess ?? ((file, settings) => fork(file, settings));
    try {
      const child = start(fileURLToPath(new URL('./output-child.js', import.meta.url)), {
        serialization: 'advanced',
        // a debugger or loader of the daemon's is none of its
        execArgv: [],
        // its own group and session: a kill or a pause of the daemon's whole group must not reach it. On Windows it
        // would mean a window
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      return { child, ready: false, taken: 0, heard: 0, unread: 0, cause: 'it ended by itself' };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #post(message: ToOutput): void {
    const running = this.#running;
    if (running === null) return;
    running.unread++;
    const taken = running.child.send(message, () => running.unread--);
    if (!taken && running.unread > MOST_UNREAD) running.child.kill('SIGKILL');
  }

  #hear(message: FromOutput, running: Running): void {
    switch (message.kind) {
      case 'port':
        this.#port = message.port;
        this.#missing = message.missing;
        if (running.ready) return;
        running.ready = true;
        this.#scheduleAgain();
        return;
      case 'echo':
        for (const sent of message.sent) this.#heard(sent);
        this.#unheard.take(message.taken - running.taken);
        running.taken = message.taken;
        return;
      case 'input':
        this.#input.tell(message);
        return;
      case 'arrival':
        running.heard++;
        this.#input.hear(message.bytes, message.time);
        // what was said since that had not heard of it was passed over
        if (message.acted) this.#tellState(running);
        return;
      case 'warning':
        this.#options.warn(message.sentence);
        return;
      case 'end':
        running.cause = `its thread: ${message.cause}`;
        return;
      default:
        unreachable(message);
    }
  }

  #tellState({ heard }: Running): void {
    this.#post({ kind: 'timeline', line: this.#line, offset: this.#offset, heard });
    this.#post({ kind: 'reflexes', reflexes: this.#reflexes, heard });
  }

  #heard(sent: Sent): void {
    const { status, data1, data2 } = sent.edge;
    if (isNoteOn(status, data2)) this.#mirror.strike(status & 0x0f, data1);
    // a fresh process releases all that may have sounded; of what was silent nobody need hear
    else if (isNoteOff(status, data2) && !this.#mirror.lift(status & 0x0f, data1)) return;
    this.#lastTick = sent.tick;
    for (const listener of this.#listeners) listener(sent);
  }

  /** What the dead process had not played and is yet to come; a burst of what came due meanwhile would be no music. */
  #scheduleAgain(): void {
    const line = this.#line;
    const time = minus(now(), this.#offset);
    this.#unheard.keep((edge, epoch) => epoch === this.#epoch && (line === null || timeAt(line, edge.tick) > time));
    for (const { edges, epoch } of this.#unheard.batches) this.#post({ kind: 'schedule', edges, epoch });
  }

  /** All that was ever struck, as far as was heard, and what may have been struck since. */
  #inherited(): Inherited {
    const struck = new Set(this.#mirror.everStruck());
    for (const { edges } of this.#unheard.batches)
      for (const { status, data1, data2 } of edges)
        if (isNoteOn(status, data2)) struck.add((status & 0x0f) * 128 + data1);
    const here = this.#line === null ? this.#lastTick : tickAt(this.#line, now());
    return { struck: [...struck], lastTick: Math.max(this.#lastTick, here), mayQueue: this.#restarts === 0 };
  }

  #onDeath(cause: string, opened: () => void): void {
    const goesOn = this.#restarts++ < MOST_RESTARTS;
    const what = goesOn ? 'its notes are released and a fresh one plays on' : 'start daimon again';
    const reason = `The MIDI output process stopped (${cause}); ${what}.`;
    this.#port = null;
    this.#missing = reason;
    this.#input.tell({ port: null, missing: reason });
    this.#warnOnce(reason);
    if (goesOn) {
      this.start(opened);
      return;
    }
    this.#ended = true;
    opened();
  }

  #warnOnce(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.#options.warn(sentence);
  }
}
