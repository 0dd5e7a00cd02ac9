import type { WebSocket } from 'ws';
import type { Millis } from '../../music/units.js';
import type { ServerMessage } from './protocol.js';

/** Bounds on what waits for a client that reads too slowly. */
export interface Backlog {
  /** Bytes beyond which notes are left out and the state waits. */
  readonly full: number;
  /** Bytes beyond which the client is closed. */
  readonly overflow: number;
}

/** Who is slowed again and again is told so once in that time. */
const TOLD_EVERY_MS = 10_000;

const SLOWED = 'More is asked than daimon can do, by this client or by all together: it is read more slowly.';

/** How long a closed client has to take its leave before its connection is cut. */
const FAREWELL_MS = 1000;

/** Try again later: the close code for a client that can't keep up, or for which there is no room. */
const TRY_AGAIN = 1013;

/** Messages of which only the newest counts. */
export type LatestKind = Extract<ServerMessage['kind'], 'state' | 'values'>;

/** One connection, and what is owed to it. */
export class ControlClient {
  readonly #socket: WebSocket;
  readonly #backlog: Backlog;
  readonly #owed = new Map<LatestKind, string>();
  #notesLeftOut = 0;
  #heard = true;
  #awaited = 0;
  #slowed: NodeJS.Timeout | null = null;
  #told = Number.NEGATIVE_INFINITY;

  constructor(socket: WebSocket, backlog: Backlog) {
    this.#socket = socket;
    this.#backlog = backlog;
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

  /** Answers, blocks, notices: never left out. */
  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#backlog.overflow) this.close(TRY_AGAIN, 'this client reads too slowly');
    else this.#socket.send(text);
  }

  /** A sounding note: worth nothing once it is late. */
  sendNote(text: string): void {
    if (this.#isBehind()) this.#notesLeftOut++;
    else this.send(text);
  }

  /** Only the newest of its kind is owed. */
  owe(kind: LatestKind, text: string): void {
    this.#owed.set(kind, text);
  }

  /** Pays what is owed, unless the client is behind. True where something was. */
  settle(): boolean {
    if (this.#owed.size === 0 || this.#socket.readyState !== this.#socket.OPEN) return false;
    if (this.#isBehind()) return true;
    if (this.#notesLeftOut > 0) {
      const text = `This client read too slowly: ${this.#notesLeftOut} note messages were left out.`;
      this.send(JSON.stringify({ kind: 'notice', text } satisfies ServerMessage));
      this.#notesLeftOut = 0;
    }
    for (const text of this.#owed.values()) this.send(text);
    this.#owed.clear();
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
