import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type ClientOptions, WebSocket } from 'ws';
import { controlsOf } from '#daimon/bridge/control/controls.js';
import { parameterMessage } from '#daimon/bridge/control/messages.js';
import { type HelloBody, messageSchema, type ServerMessage } from '#daimon/bridge/control/protocol.js';
import type { ControlServerOptions } from '#daimon/bridge/websocket/control-room.js';
import { type ControlServer, openControlServer } from '#daimon/bridge/websocket/websocket.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';

const LATENESS = { count: 2, p50: 0.02, p99: 0.3, max: 0.3, late: 0, spread: [1, 0, 1, 0, 0, 0, 0, 0, 0] };

export const STATE = {
  clock: 'stopped',
  source: 'internal',
  jitter: null,
  tempo: 120,
  position: { bar: 1, beat: 1, tick: 0 },
  model: 'folk',
  preset: 'plain',
  seed: 7,
  backend: 'onnx (cpu)',
  output: 'Daimon Out',
  input: 'Daimon In',
  queued: null,
  held: { low: [], high: [] },
  timing: { recent: LATENESS, total: LATENESS },
} as const;

/** A model with a knob. */
const MODEL = {
  knobs: [{ name: 'density', low: 'sparse', high: 'dense', help: 'notes a bar' }],
  components: [],
  decoding: DEFAULT_DECODING,
};

export const CONTROLS = controlsOf(MODEL);

export const HELLO: HelloBody = {
  models: ['folk'],
  model: 'folk',
  latentShape: { channels: 7, rows: 2, columns: 8 },
  parameters: CONTROLS.map(parameterMessage),
  values: { offset: 0, swing: 50, 'knobs/density': 0.25 },
  presets: [{ name: 'plain', title: 'Plain', description: 'The model as it is.' }],
  state: STATE,
};

const open: { close(): unknown }[] = [];

/** Closes a resource at the end of the test, the last opened first. */
export const closeLater = (resource: { close(): unknown }): void => void open.push(resource);

export async function closeAll(): Promise<void> {
  for (const resource of open.splice(0).reverse()) await resource.close();
}

/** A control server on any port, of a daemon that does nothing. */
export async function serve(options: Partial<ControlServerOptions> = {}): Promise<ControlServer> {
  const server = await openControlServer({
    port: 0,
    hello: () => HELLO,
    controls: () => CONTROLS,
    values: () => HELLO.values,
    block: () => null,
    history: () => ({ kind: 'history', blocks: [] }),
    bindings: () => ({ kind: 'bindings', armed: null, controllers: [], maps: [] }),
    onRequest: () => {},
    ...options,
  });
  closeLater(server);
  return server;
}

/** A client that keeps what comes, and hands it out in order. */
export class Client {
  readonly socket: WebSocket;
  readonly #come: ServerMessage[] = [];
  #wake: () => void = () => {};
  /** Hears binary frames. */
  onBinary: (frame: Buffer) => void = () => {};

  constructor(url: string, options?: ClientOptions) {
    this.socket = new WebSocket(url, options);
    this.socket.on('error', () => {});
    this.socket.on('message', (data, isBinary) => {
      if (isBinary) return this.onBinary(data as Buffer);
      this.#come.push(messageSchema.parse(JSON.parse(String(data))));
      this.#wake();
    });
    this.socket.on('close', () => this.#wake());
    closeLater({ close: () => this.socket.terminate() });
  }

  async next(): Promise<ServerMessage> {
    while (this.#come.length === 0) {
      assert.notEqual(this.socket.readyState, WebSocket.CLOSED, 'the connection is closed, and no message has come');
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return this.#come.shift()!;
  }

  ask(request: unknown): Promise<ServerMessage> {
    this.socket.send(typeof request === 'string' ? request : JSON.stringify(request));
    return this.next();
  }
}

/** How a handshake ends: 101, or the status that refuses it. */
export function handshake(url: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const socket = new WebSocket(url, { headers });
  closeLater({ close: () => socket.terminate() });
  return new Promise((done) => {
    socket.on('error', () => {});
    socket.on('open', () => done(101));
    socket.on('unexpected-response', (_, response) => done(response.statusCode));
  });
}

/** A client that has been greeted. */
export async function join(server: ControlServer): Promise<Client> {
  const client = new Client(server.url);
  assert.equal((await client.next()).kind, 'hello');
  return client;
}

/** The server hears of an end in its own time. */
export async function until(is: () => boolean): Promise<void> {
  while (!is()) await setImmediate();
}
