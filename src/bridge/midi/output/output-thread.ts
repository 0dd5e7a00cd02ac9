import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Timeline } from '../../../music/timeline.js';
import { type Millis, type Tick, tick } from '../../../music/units.js';
import type { Edge, Epoch } from '../../../transport/edge.js';
import { isNoteOff, isNoteOn } from '../midi-messages.js';
import type { MidiOut, MidiOutOptions, Sent } from '../midi-out.js';
import { openLookout, type PortLookout } from '../ports/port-lookout.js';
import { type PortWatch, watchPort } from '../ports/port-watch.js';
import type { PortOpened } from '../ports/ports.js';
import { edgeRing, edgeRingMemory } from './edge-ring.js';
import { epochStarts, epochStartsMemory } from './epoch-starts.js';
import { Ledger } from './ledger.js';
import {
  CLOSED,
  CLOSING,
  controlMemory,
  EPOCH,
  LOOKS,
  LOST,
  OBEYED,
  type OutputThreadData,
  type OutputThreadReady,
  PANICKED,
  PANICS,
  REFUSED,
  RELEASED,
  RELEASES,
  SIGNAL,
  STUCK,
  signal,
} from './output-control.js';
import type { Inherited } from './output-messages.js';
import { sentRing, sentRingMemory } from './sent-ring.js';
import { sharedTimeline, timelineMemory } from './shared-timeline.js';

export interface OutputThreadOptions extends MidiOutOptions {
  /** What another output may have left sounding; it is released first. */
  readonly inherited?: Inherited;
  /** Hears how many edges are queued, each time that the echo has been taken over. */
  readonly onLook?: (queued: number) => void;
  /** Hears of the port as it has come, or gone, since the opening. */
  readonly onPort?: () => void;
  /** Hears that the thread has died, and of what: nothing more is sent, and what sounds goes on. */
  readonly onEnd?: (cause: string) => void;
  /** Starts the thread's program; a test may keep hold of what it starts. */
  readonly startThread?: (program: URL, options: WorkerOptions) => Worker;
  /** Looks at the ports of the machine; a test may have others. */
  readonly openLookout?: () => Promise<PortLookout | null>;
}

/** How often the echo is taken over while there is something to hear: unnoticed by an eye, cheap for the loop. */
const ECHO_MS = 20;
/** Longest time to give way, in ms: the thread needs a tenth of it. */
const GIVE_WAY_MS = 2;
/** Longest wait for the thread to release and leave, in ms; it needs one spin and one send per note. */
const CLOSE_MS = 1000;

export interface OutputThread extends MidiOut {
  /** Lets the thread first do what it was told: where there is one processor, it would have to wait for who told it. */
  giveWay(): void;
}

/** Opens the output in a thread of its own. Never fails for want of a port: see `MidiOut.missing`. */
export async function openMidiOut(options: OutputThreadOptions): Promise<OutputThread> {
  const out = new MidiOutThread(options);
  await out.start();
  await out.watch();
  return out;
}

class MidiOutThread implements OutputThread {
  readonly #options: OutputThreadOptions;
  readonly #controlMemory = controlMemory();
  readonly #control = new Int32Array(this.#controlMemory);
  readonly #edges = edgeRing(edgeRingMemory());
  readonly #sent = sentRing(sentRingMemory());
  readonly #startsMemory = epochStartsMemory();
  readonly #starts = epochStarts(this.#startsMemory);
  readonly #timelineMemory = timelineMemory();
  readonly #timeline = sharedTimeline(this.#timelineMemory);
  readonly #listeners: ((sent: Sent) => void)[] = [];
  /** What sounds, as the echo shows it. */
  readonly #mirror = new Ledger();
  readonly #warned = new Set<string>();
  #opened: PortOpened = { kind: 'none', reason: 'The MIDI output is not open yet.' };
  #worker: Worker | null = null;
  /** Called once the thread has said what port it has, or has died; null while nothing is awaited. */
  #answered: (() => void) | null = null;
  #watch: PortWatch | null = null;
  /** Closed, or its thread has died: nothing more will be sent. */
  #ended = false;
  #echoTimer: NodeJS.Timeout | null = null;

  constructor(options: OutputThreadOptions) {
    this.#options = options;
    process.on('exit', this.#releaseBeforeExit);
  }

  get port(): string | null {
    return this.#opened.kind === 'open' ? this.#opened.name : null;
  }

  get missing(): string | null {
    return this.#opened.kind === 'none' ? this.#opened.reason : null;
  }

  /** Starts the thread, and resolves when it has its port, or knows that it gets none, or has died. */
  async start(): Promise<void> {
    const workerData: OutputThreadData = {
      wish: this.#options.port,
      sendsClock: this.#options.sendsClock ?? false,
      control: this.#controlMemory,
      edges: this.#edges.ring.memory,
      sent: this.#sent.ring.memory,
      starts: this.#startsMemory,
      timeline: this.#timelineMemory,
      inherited: this.#options.inherited ?? { struck: [], lastTick: 0, mayQueue: true },
    };
    const start = this.#options.startThread ?? ((program, options) => new Worker(program, options));
    const worker = start(new URL('./output-worker.js', import.meta.url), { name: 'midi-out', workerData });
    this.#worker = worker;
    let cause = 'it ended by itself';
    worker.on('error', (error) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      this.#worker = null;
      this.#answered?.();
      if (Atomics.load(this.#control, CLOSING) === 0) this.#onDeath(cause);
    });
    worker.on('message', (opened: OutputThreadReady) => {
      this.#opened = opened;
      this.#listen();
      this.#answered?.();
    });
    await this.#answer();
  }

  /** Has the thread take up the port of its wish as it comes, and let go of it as it goes. */
  async watch(): Promise<void> {
    const { port, warn, openLookout: openOther } = this.#options;
    const lookout = port.kind === 'existing' ? await (openOther ?? openLookout)('output') : null;
    if (lookout === null) return;
    const opened = (): PortOpened => this.#opened;
    const reopen = (): Promise<PortOpened> => this.#reopen();
    const say = (sentence: string): void => {
      this.#options.onPort?.();
      warn(sentence);
    };
    this.#watch = watchPort({ wish: port, direction: 'output', opened, reopen, say }, lookout);
  }

  async #reopen(): Promise<PortOpened> {
    if (this.#worker !== null && this.#answered === null) {
      Atomics.add(this.#control, LOOKS, 1);
      this.#tell();
      await this.#answer();
    }
    return this.#opened;
  }

  #answer(): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = () => {
        this.#answered = null;
        resolve();
      };
    });
  }

  setTimeline(line: Timeline | null, offset?: Millis): void {
    this.#timeline.write(line, offset);
    this.#tell();
  }

  giveWay(): void {
    const obeyed = Atomics.load(this.#control, OBEYED);
    if (this.#ended || obeyed === Atomics.load(this.#control, SIGNAL)) return;
    Atomics.wait(this.#control, OBEYED, obeyed, GIVE_WAY_MS);
  }

  schedule(edges: readonly Edge[], epoch: Epoch): boolean {
    this.#drainEcho();
    if (this.#ended || !this.#edges.push(edges, epoch)) return false;
    this.#tell();
    return true;
  }

  release(epoch: Epoch): void {
    this.#drainEcho();
    this.#starts.write(epoch, tick(Number.NEGATIVE_INFINITY));
    Atomics.store(this.#control, EPOCH, epoch);
    Atomics.add(this.#control, RELEASES, 1);
    this.#tell();
  }

  takeOver(epoch: Epoch, from: Tick): void {
    this.#drainEcho();
    this.#starts.write(epoch, from);
    Atomics.store(this.#control, EPOCH, epoch);
    this.#tell();
  }

  panic(): void {
    this.#drainEcho();
    Atomics.add(this.#control, PANICS, 1);
    this.#tell();
  }

  onSent(listener: (sent: Sent) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#watch?.close();
    process.off('exit', this.#releaseBeforeExit);
    const worker = this.#worker;
    if (worker !== null) {
      const left = new Promise((resolve) => worker.once('exit', resolve));
      Atomics.store(this.#control, CLOSING, 1);
      this.#tell();
      const deadline = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await left;
      clearTimeout(deadline);
    }
    if (this.#echoTimer !== null) clearInterval(this.#echoTimer);
    this.#echoTimer = null;
    this.#drainEcho();
  }

  /** Whatever ends the process by `process.exit` or an uncaught error leaves no note: threads outlive this handler. */
  readonly #releaseBeforeExit = (): void => {
    if (this.#worker === null) return;
    Atomics.store(this.#control, CLOSING, 1);
    signal(this.#control);
    Atomics.wait(this.#control, CLOSED, 0, CLOSE_MS);
  };

  #tell(): void {
    signal(this.#control);
    this.#listen();
  }

  /** Takes the echo over on a timer, for as long as there can be any. */
  #listen(): void {
    this.#echoTimer ??= setInterval(() => {
      // looked at before the echo is: the thread echoes first, and takes the edge out of the queue after
      const idle = this.#edges.ring.length() === 0 && this.#hasObeyed();
      this.#drainEcho();
      if (!idle || this.#mirror.sounding > 0 || this.#echoTimer === null) return;
      clearInterval(this.#echoTimer);
      this.#echoTimer = null;
    }, ECHO_MS).unref();
  }

  #hasObeyed(): boolean {
    const load = (word: number): number => Atomics.load(this.#control, word);
    return load(RELEASED) === load(RELEASES) && load(PANICKED) === load(PANICS);
  }

  #drainEcho(): void {
    // looked at before the echo is, again: what has left the queue by now has been echoed
    const queued = this.#edges.ring.length();
    for (let sent = this.#sent.take(); sent !== null; sent = this.#sent.take()) {
      const { status, data1, data2 } = sent.edge;
      if (isNoteOn(status, data2)) this.#mirror.strike(status & 0x0f, data1);
      else if (isNoteOff(status, data2)) this.#mirror.lift(status & 0x0f, data1);
      for (const listener of this.#listeners) listener(sent);
    }
    if (Atomics.load(this.#control, REFUSED) > 0)
      this.#warnOnce(`The MIDI output '${this.port}' refuses messages: is its device still there?`);
    if (Atomics.load(this.#control, STUCK) > 0)
      this.#warnOnce("ALSA's queue stood still: daimon sends its notes by itself now, less tightly.");
    if (Atomics.load(this.#control, LOST) > 0)
      this.#warnOnce('The program was held up so long that some of what was sent is missing in the recording.');
    this.#options.onLook?.(queued);
  }

  #onDeath(cause: string): void {
    this.#drainEcho();
    this.#ended = true;
    this.#opened = { kind: 'none', reason: `The MIDI output thread stopped (${cause}).` };
    this.#options.onEnd?.(cause);
  }

  #warnOnce(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.#options.warn(sentence);
  }
}
