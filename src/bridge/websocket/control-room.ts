import type { WebSocket } from 'ws';
import { DaimonError } from '../../errors.js';
import { VERSION } from '../../package.js';
import { controlAt, type Values } from '../control/controls.js';
import type { Desk } from '../control/desk.js';
import { MergedSets } from '../control/merged-sets.js';
import {
  type ControlRequest,
  MESSAGE_KINDS,
  type MessageOf,
  PROTOCOL_VERSION,
  REQUEST_KINDS,
  type RequestId,
  type ServerMessage,
} from '../control/protocol.js';
import { readFrame } from '../control/request.js';
import type { RollPlace } from '../control/roll-frame.js';
import { TOPICS, type Topic } from '../control/topics.js';
import { now } from '../monotonic.js';
import { type Asked, newAsked } from './allowance.js';
import { ControlClient } from './control-client.js';
import type { Beyond } from './door.js';
import { newMeters } from './meters.js';

export const LIMITS = {
  /** The longest request, 1024 latent values, takes 25 KB. */
  frameBytes: 64 * 1024,
  /** A panel or two, a few controllers, and room for tabs left open. */
  clients: 64,
  /** A position shown ten times a second looks alive. */
  stateEveryMs: 100,
  /** Who has left a ping unanswered by the next one is gone. */
  pingEveryMs: 15_000,
  /** Some ten usual blocks: a client so far behind sees no note in time. */
  full: 256 * 1024,
  /** Requests of one client that wait for their answer; a load takes a second or two, and more can't be meant. */
  awaited: 16,
  /** Four blocks in which every cell is a note: no slower client is waited for. */
  overflow: 4 * 1024 * 1024,
  /** Of one client: a hundred faders moved at once, ten times a second. A KiB more of a frame counts as one more. */
  each: { perSecond: 1000, atOnce: 1000 },
  /** Of all together: twice that, which takes a fifth of a core. */
  all: { perSecond: 2000, atOnce: 2000 },
};

export type ControlLimits = Readonly<typeof LIMITS>;

export interface ControlServerOptions extends Desk {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Listen on any port where that one is taken. */
  readonly elseAny?: boolean;
  /** Where other devices than this are let in; left out, nowhere. */
  readonly beyond?: Beyond | null;
  /** Throws DaimonError for a path or a value that there is not, so that one that a newer one replaces is told as well. */
  readonly check?: (values: Values) => void;
  /** The blocks that can be recalled. */
  readonly history: () => MessageOf<'history'>;
  /** What controllers move. */
  readonly bindings: () => MessageOf<'bindings'>;
  /** What is playing, for a client that comes in its middle. */
  readonly block: () => MessageOf<'block'> | null;
  /** The rolls that are at hand, for a client that comes to look at them. */
  readonly rolls?: () => readonly Uint8Array[];
  readonly limits?: Partial<ControlLimits>;
}

const TOO_MANY = new DaimonError(
  'protocol',
  'Too many requests of this client wait for an answer; wait for some first.',
);
const NO_BINARY = new DaimonError('protocol', 'The frame is binary; send JSON in text frames.');

/** All clients, and the clocks that serve them. */
export class ControlRoom {
  readonly #options: ControlServerOptions;
  readonly #limits: ControlLimits;
  readonly #clients = new Set<ControlClient>();
  readonly #pings: NodeJS.Timeout;
  readonly #meters = newMeters();
  readonly #sets: MergedSets;
  readonly #asked: Asked;

  constructor(options: ControlServerOptions, limits: ControlLimits) {
    this.#options = options;
    this.#limits = limits;
    this.#asked = newAsked(limits.each, limits.all, now());
    this.#sets = new MergedSets((values) => options.onRequest({ kind: 'set', values }));
    this.#pings = setInterval(() => {
      for (const client of this.#clients) client.ping();
    }, limits.pingEveryMs).unref();
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Greets a client that has just come, and listens to it. */
  welcome(socket: WebSocket): void {
    const client = new ControlClient(socket, this.#limits, this.#meters, this.#limits.stateEveryMs);
    this.#clients.add(client);
    socket.on('close', () => this.#clients.delete(client));
    // ws has closed the connection itself by then, with a code that says why (1009: the frame is too big)
    socket.on('error', () => {});
    const taken = this.#asked.newcomer(now());
    const charge = (bytes: number): void => {
      const at = now();
      const span = taken(1 + bytes / 1024, at);
      if (span > 0) client.slow(span, at);
    };
    socket.on('ping', () => charge(0));
    socket.on('message', (data, isBinary) => {
      const text = data.toString();
      charge(text.length);
      if (isBinary) client.send(json(failed(null, NO_BINARY)));
      else this.#answer(client, text);
    });
    const body = this.#options.hello();
    client.send(
      json({ kind: 'hello', protocol: PROTOCOL_VERSION, daimon: VERSION, capabilities: CAPABILITIES, ...body }),
    );
    const block = this.#options.block();
    if (block !== null) client.send(json(block));
  }

  /** At once, but for what takes its time: that is answered when it is done, also after what was asked later. */
  #answer(client: ControlClient, text: string): void {
    const frame = readFrame(text);
    const { id } = frame;
    const answer = (message: ServerMessage): void => {
      client.send(json(message));
      if (frame.kind !== 'refused') this.#remind(client, frame.request);
    };
    const done = (outcome: unknown): void => {
      if (isMessage(outcome)) client.send(json(outcome));
      answer({ kind: 'ok', id });
    };
    const fail = (error: unknown): void => answer(failed(id, error));
    try {
      if (frame.kind === 'refused') throw new DaimonError('protocol', frame.message);
      const values = plainValues(frame.request);
      if (values !== null) {
        this.#options.check?.(values);
        this.#sets.add({ values, done: () => done(undefined), fail });
        return;
      }
      this.#sets.flush();
      const outcome = this.#obey(client, frame.request);
      if (outcome instanceof Promise) client.await(outcome.then(done, fail));
      else done(outcome);
    } catch (error) {
      fail(error);
    }
  }

  /** Who has turned something shows it already: it is told where that stands, be it as it was. */
  #remind(client: ControlClient, { kind }: ControlRequest): void {
    if (kind === 'model') client.forget('state');
    if (kind !== 'set') return;
    client.forget('values');
    client.tell('values', () => json({ kind: 'values', values: this.#options.values() }));
  }

  /** Gives a promise where it is not done yet; and a message, if there is one for who asked. */
  #obey(client: ControlClient, request: ControlRequest): unknown {
    switch (request.kind) {
      case 'hello':
        if (request.protocol === PROTOCOL_VERSION) return undefined;
        throw new DaimonError(
          'protocol',
          `This daimon speaks version ${PROTOCOL_VERSION} of the protocol, the client version ${request.protocol}; update the older of the two.`,
        );
      case 'get':
        client.send(json({ kind: 'values', values: this.#valuesAt(request.paths) }));
        return undefined;
      case 'get-state':
        client.send(json({ kind: 'state', ...this.#options.hello().state }));
        return undefined;
      case 'history':
        client.send(json(this.#options.history()));
        return undefined;
      case 'bindings':
        client.send(json(this.#options.bindings()));
        return undefined;
      case 'subscribe':
        this.#subscribe(client, new Set(request.topics), request.every ?? this.#limits.stateEveryMs);
        return undefined;
      case 'ping':
        return undefined;
      case 'model':
      case 'like':
      case 'save':
      case 'rename':
      case 'delete':
      case 'capture':
      case 'draw':
        if (client.awaited >= this.#limits.awaited) throw TOO_MANY;
        return this.#options.onRequest(request);
      default:
        return this.#options.onRequest(request);
    }
  }

  #subscribe(client: ControlClient, topics: ReadonlySet<Topic>, everyMs: number): void {
    client.subscribe(topics, Math.max(everyMs, this.#limits.stateEveryMs), everyMs);
    if (topics.has('rolls')) for (const frame of this.#options.rolls?.() ?? []) client.send(frame);
  }

  /** Of what can't be turned just now there is no value. */
  #valuesAt(paths: readonly string[] | undefined): Values {
    const { values, controls } = this.#options;
    for (const path of paths ?? []) controlAt(controls(), path);
    return Object.fromEntries(Object.entries(values()).filter(([path]) => paths?.includes(path) ?? true));
  }

  broadcast(message: ServerMessage): void {
    // also while nobody looks: a note that is held then still sounds for who comes later
    this.#meters.hear(message);
    if (this.#clients.size === 0) return;
    let text: string | null = null;
    const written = (): string => {
      text ??= json(message);
      return text;
    };
    for (const client of this.#clients) client.tell(message.kind, written);
  }

  /** Whether anybody listens to it. */
  isHeard(topic: Topic): boolean {
    return [...this.#clients].some((client) => client.listensTo(topic));
  }

  show(place: RollPlace, frame: Uint8Array): void {
    for (const client of this.#clients) if (client.listensTo('rolls')) client.show(place, frame);
  }

  close(): void {
    clearInterval(this.#pings);
    this.#sets.close();
    for (const client of this.#clients) client.close(GOING_AWAY, 'daimon has ended');
  }
}

const CAPABILITIES: MessageOf<'hello'>['capabilities'] = { requests: REQUEST_KINDS, topics: TOPICS };

/** The close code of a server that ends. */
const GOING_AWAY = 1001;

/** What else a request gives is nobody's business. */
const isMessage = (outcome: unknown): outcome is ServerMessage =>
  typeof outcome === 'object' && outcome !== null && 'kind' in outcome && MESSAGE_KINDS.includes(String(outcome.kind));
/** What a `set` of nothing but values turns; null for all else that is asked. */
const plainValues = (request: ControlRequest): Values | null =>
  request.kind === 'set' && Object.keys(request).every((key) => SET_KEYS.includes(key)) ? request.values : null;

const SET_KEYS = ['kind', 'id', 'values'];

const json = (message: ServerMessage): string => JSON.stringify(message);

function failed(id: RequestId | null, error: unknown): ServerMessage {
  if (error instanceof DaimonError) return { kind: 'error', id, code: error.code, message: error.message };
  return {
    kind: 'error',
    id,
    code: 'internal',
    message: `Something in daimon itself is broken; please report: ${error}`,
  };
}
