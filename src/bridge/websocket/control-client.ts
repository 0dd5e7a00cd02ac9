import type { WebSocket } from 'ws';
import type { Millis } from '../../music/units.js';
import type { ServerMessage } from '../control/protocol.js';
import type { RollPlace } from '../control/roll-frame.js';
import { type Topic, topicOf, USUAL_TOPICS } from '../control/topics.js';
import type { MeterReader, Meters } from './meters.js';
import { Pacer } from './pacer.js';

/** Bounds on what waits for a client that reads too slowly. */
export interface Backlog {
  /** Bytes beyond which notes are left out and the state waits. */
  readonly full: number;
  /** Bytes beyond which the client is closed. */
  readonly overflow: number;
}

/** What is sent, made when it is: of what moves all the time, little is. */
export type Written = () => string | Uint8Array;

/** Who is slowed again and again is told so once in that time. */
const TOLD_EVERY_MS = 10_000;

const SLOWED = 'More is asked than daimon can do, by this client or by all together: it is read more slowly.';

/** How long a closed client has to take its leave before its connection is cut. */
const FAREWELL_MS = 1000;

/** Try again later: the close code for a client that can't keep up, or for which there is no room. */
const TRY_AGAIN = 1013;

/** One connection, and what is owed to it. */
export class ControlClient {
  readonly #socket: WebSocket;
  readonly #backlog: Backlog;
  readonly #meters: Meters;
  /** Messages of which only the newest counts, by what they tell of. */
  readonly #owed = new Map<string, Written>();
  /** What was sent of these last, and need not be again. */
  readonly #known = new Map<string, string | Uint8Array>();
  readonly #paying: Pacer;
  readonly #metering: Pacer;
  #topics = USUAL_TOPICS;
  #reader: MeterReader | null = null;
  /** The meters as they were sent last. */
  #metered = Buffer.alloc(0);
  #notesLeftOut = 0;
  #heard = true;
  #awaited = 0;
  #slowed: NodeJS.Timeout | null = null;
  #told = Number.NEGATIVE_INFINITY;

  /** States are sent no oftener than `everyMs`. */
  constructor(socket: WebSocket, backlog: Backlog, meters: Meters, everyMs: number) {
    this.#socket = socket;
    this.#backlog = backlog;
    this.#meters = meters;
    this.#paying = new Pacer(everyMs, () => this.#pay());
    this.#metering = new Pacer(everyMs, () => this.#meter());
    socket.on('close', () => {
      this.#paying.close();
      this.#metering.close();
      this.#reader?.close();
    });
    socket.on('pong', () => {
      this.#heard = true;
    });
  }

  /** How many of its requests wait for their answer. */
  get awaited(): number {
    return this.#awaited;
  }

  /** Counts a request as waiting until it is answered. */
  await(answered: Promise<void>): void {
    this.#awaited++;
    void answered.finally(() => this.#awaited--);
  }

  /** Reads nothing more of it for a while; what it sends meanwhile waits with it. */
  slow(span: Millis, at: Millis): void {
    if (this.#slowed !== null) clearTimeout(this.#slowed);
    this.#socket.pause();
    this.#slowed = setTimeout(() => {
      this.#slowed = null;
      this.#socket.resume();
    }, span).unref();
    if (at - this.#told < TOLD_EVERY_MS) return;
    this.#told = at;
    this.send(JSON.stringify({ kind: 'notice', text: SLOWED } satisfies ServerMessage));
  }

  listensTo(topic: Topic): boolean {
    return this.#topics.has(topic);
  }

  /** From now on it is told of these, of what changes all the time so often at most. */
  subscribe(topics: ReadonlySet<Topic>, stateEveryMs: number, metersEveryMs: number): void {
    this.#topics = topics;
    for (const kind of ['state', 'values'] as const) if (!topics.has(kind)) this.#owed.delete(kind);
    this.#known.clear();
    this.#paying.everyMs = stateEveryMs;
    this.#metering.everyMs = metersEveryMs;
    if (!topics.has('meters')) this.#reader?.close();
    this.#reader = topics.has('meters') ? (this.#reader ?? this.#meters.open()) : null;
  }

  /** Tells of what has happened, if the client listens to that. */
  tell(kind: ServerMessage['kind'], written: Written): void {
    if (kind === 'state' && this.#reader !== null) this.#metering.ask();
    const topic = topicOf(kind);
    if (topic !== null && !this.#topics.has(topic)) return;
    if (kind === 'state' || kind === 'values') this.owe(kind, written);
    else if (kind === 'note' && this.#isBehind()) this.#leaveOut();
    else this.send(written());
  }

  /** It is told of these when they come next, be they as they were. */
  forget(kind: 'state' | 'values'): void {
    this.#known.delete(kind);
  }

  /** A roll is big, and worth nothing once there is another: a client that is behind has the newest later. */
  show(place: RollPlace, frame: Uint8Array): void {
    const what = `roll that ${place}`;
    if (this.#isBehind()) this.owe(what, () => frame);
    else this.#sendNews(what, frame);
  }

  /** Answers, blocks, notices: never left out. */
  send(data: string | Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#backlog.overflow) this.close(TRY_AGAIN, 'this client reads too slowly');
    else this.#socket.send(data);
  }

  /** Only the newest of what tells of the same is sent, once the client is not behind, and only where it is news. */
  owe(what: string, written: Written): void {
    this.#owed.set(what, written);
    this.#paying.ask();
  }

  /** How many were, it is told once it is not behind any more. */
  #leaveOut(): void {
    this.#notesLeftOut++;
    this.#paying.ask();
  }

  #pay(): boolean {
    if (this.#isBehind()) return false;
    if (this.#notesLeftOut > 0) {
      const text = `This client read too slowly: ${this.#notesLeftOut} note messages were left out.`;
      this.send(JSON.stringify({ kind: 'notice', text } satisfies ServerMessage));
      this.#notesLeftOut = 0;
    }
    for (const [what, written] of this.#owed) this.#sendNews(what, written());
    this.#owed.clear();
    return true;
  }

  #sendNews(what: string, data: string | Uint8Array): void {
    if (this.#known.get(what) === data) return;
    this.#known.set(what, data);
    this.send(data);
  }

  #meter(): boolean {
    if (this.#isBehind()) return false;
    const frame = this.#reader?.read();
    if (frame == null || this.#metered.equals(frame)) return true;
    this.#metered = Buffer.from(frame);
    this.send(frame);
    return true;
  }

  /** Asks for a sign of life, and cuts a client that gave none since the last time. */
  ping(): void {
    // its answer could not be heard
    if (this.#slowed !== null) return;
    if (!this.#heard) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) {
      this.#heard = false;
      this.#socket.ping();
    }
  }

  close(code: number, reason: string): void {
    if (this.#slowed !== null) clearTimeout(this.#slowed);
    // else its goodbye is not heard
    this.#socket.resume();
    this.#socket.close(code, reason);
    const timer = setTimeout(() => this.#socket.terminate(), FAREWELL_MS).unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #isBehind(): boolean {
    return this.#socket.bufferedAmount > this.#backlog.full;
  }
}
