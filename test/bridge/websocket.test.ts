import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type ClientOptions, WebSocket } from 'ws';
import type { ControlServerOptions } from '#daimon/bridge/control-room.js';
import { type HelloBody, messageSchema, type PlayerRequest, type ServerMessage } from '#daimon/bridge/protocol.js';
import { type ControlServer, openControlServer } from '#daimon/bridge/websocket.js';
import { DaimonError } from '#daimon/errors.js';
import { randomFrom, seed } from '#daimon/music/random.js';

const STATE = {
  clock: 'stopped',
  source: 'internal',
  tempo: 120,
  position: { bar: 1, beat: 1, tick: 0 },
  preset: 'plain',
  seed: 7,
  backend: 'onnx (cpu)',
} as const;

const HELLO: HelloBody = {
  model: 'folk',
  latentShape: { channels: 7, rows: 2, columns: 8 },
  presets: [{ name: 'plain', title: 'Plain', description: 'The model as it is.' }],
  state: STATE,
};

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function serve(options: Partial<ControlServerOptions> = {}): Promise<ControlServer> {
  const server = await openControlServer({ port: 0, hello: () => HELLO, onRequest: () => {}, ...options });
  open.push(server);
  return server;
}

/** A client that keeps what comes, and hands it out in order. */
class Client {
  readonly socket: WebSocket;
  readonly #come: ServerMessage[] = [];
  #wake: () => void = () => {};

  constructor(url: string, options?: ClientOptions) {
    this.socket = new WebSocket(url, options);
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => {
      this.#come.push(messageSchema.parse(JSON.parse(String(data))));
      this.#wake();
    });
    this.socket.on('close', () => this.#wake());
    open.push({ close: () => this.socket.terminate() });
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

async function join(server: ControlServer): Promise<Client> {
  const client = new Client(server.url);
  assert.equal((await client.next()).kind, 'hello');
  return client;
}

/** The server hears of an end in its own time. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await setImmediate();
}

/** How a handshake ends: 101, or the status that refuses it. */
function handshake(server: ControlServer, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(server.url, { headers });
  open.push({ close: () => socket.terminate() });
  return new Promise((done) => {
    socket.on('error', () => {});
    socket.on('open', () => done(101));
    socket.on('unexpected-response', (_, response) => done(response.statusCode));
  });
}

describe('the WebSocket', () => {
  it('greets a client with versions, model, presets and state', async () => {
    const client = new Client((await serve()).url);
    const { kind, protocol, ...rest } = (await client.next()) as Extract<ServerMessage, { kind: 'hello' }>;
    assert.deepEqual([kind, protocol], ['hello', 1]);
    assert.match(rest.daimon, /^\d+\.\d+\.\d+/);
    assert.deepEqual({ ...rest, daimon: '' }, { ...HELLO, daimon: '' });
  });

  it('hands every request of a player to the daemon, and answers ok with its id', async () => {
    const heard: PlayerRequest[] = [];
    const client = await join(await serve({ onRequest: (request) => heard.push(request) }));
    const requests: PlayerRequest[] = [
      { kind: 'start', id: 1 },
      { kind: 'stop', id: 'two' },
      { kind: 'next', id: 3 },
      { kind: 'seed', id: 4, value: 4_294_967_295 },
      { kind: 'latent', id: 5, values: [0.5, -0.5] },
      { kind: 'latent', id: 6, values: null },
      { kind: 'preset', id: 7, name: 'plain' },
      { kind: 'tempo', id: 8, bpm: 96.5 },
      { kind: 'locate', id: 9, bar: 33 },
    ];
    for (const request of requests) assert.deepEqual(await client.ask(request), { kind: 'ok', id: request.id });
    assert.deepEqual(heard, requests);
  });

  it('answers ping, hello and get-state itself', async () => {
    const client = await join(await serve());
    assert.deepEqual(await client.ask({ kind: 'ping' }), { kind: 'ok', id: null });
    assert.deepEqual(await client.ask({ kind: 'hello', id: 1, protocol: 1 }), { kind: 'ok', id: 1 });
    assert.deepEqual(await client.ask({ kind: 'get-state', id: 2 }), { kind: 'state', ...STATE });
    assert.deepEqual(await client.next(), { kind: 'ok', id: 2 });
    const answer = await client.ask({ kind: 'hello', id: 3, protocol: 2 });
    assert.ok(answer.kind === 'error' && answer.code === 'protocol' && /version 1 .* version 2/.test(answer.message));
  });

  it("answers with the daemon's error and its code, and goes on", async () => {
    const onRequest = (request: PlayerRequest) => {
      if (request.kind === 'preset') throw new DaimonError('preset', 'There is no such preset.');
      if (request.kind === 'next') throw new TypeError('a slip');
    };
    const client = await join(await serve({ onRequest }));
    const wrong = await client.ask({ kind: 'preset', id: 1, name: 'x' });
    assert.deepEqual(wrong, { kind: 'error', id: 1, code: 'preset', message: 'There is no such preset.' });
    const slip = await client.ask({ kind: 'next', id: 2 });
    assert.ok(slip.kind === 'error' && slip.code === 'internal' && slip.message.includes('a slip'));
    assert.deepEqual(await client.ask({ kind: 'start', id: 3 }), { kind: 'ok', id: 3 });
  });

  it('answers what is no request with an error, and goes on', async () => {
    const client = await join(await serve());
    for (const frame of ['', 'start', '[]', 'null', '{"kind":"strat","id":5}', '['.repeat(60_000)]) {
      const answer = await client.ask(frame);
      assert.ok(answer.kind === 'error' && answer.code === 'protocol', frame.slice(0, 20));
    }
    client.socket.send(Buffer.from([0x90, 60, 100]));
    const answer = await client.next();
    assert.ok(answer.kind === 'error' && /binary/.test(answer.message));
    assert.deepEqual(await client.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('is open to this machine and closed to the pages of other sites', async () => {
    const server = await serve();
    const { port } = new URL(server.url);
    const welcome = [
      {},
      { Host: `localhost:${port}` },
      { Host: `[::1]:${port}` },
      { Origin: `http://127.0.0.1:${port}` },
      { Origin: 'http://localhost:5173' },
    ];
    const foreign = [
      { Host: 'evil.example' },
      { Host: `evil.example:${port}` },
      { Host: `127.0.0.1.evil.example:${port}` },
      { Host: '127.0.0.1:1' },
      { Host: '127.0.0.1' },
      { Origin: 'http://evil.example' },
      { Origin: 'https://evil.example' },
      { Origin: 'http://localhost.evil.example' },
      { Origin: 'http://localhost@evil.example' },
      { Origin: 'file://' },
      { Origin: 'null' },
      { Origin: '' },
    ];
    for (const headers of welcome) assert.equal(await handshake(server, headers), 101, JSON.stringify(headers));
    for (const headers of foreign) assert.equal(await handshake(server, headers), 403, JSON.stringify(headers));
  });

  it('listens on no other address than 127.0.0.1', async () => {
    const { port } = new URL((await serve()).url);
    const addresses = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
    for (const address of new Set(['::1', ...addresses.filter((address) => address !== '127.0.0.1')])) {
      await assert.rejects(once(connect(Number(port), address), 'connect'), address);
    }
  });

  it('has room for so many clients, and for another when one has left', async () => {
    const server = await serve({ limits: { clients: 2 } });
    const first = await join(server);
    await join(server);
    assert.equal(server.clients, 2);
    assert.equal(await handshake(server, {}), 503);
    first.socket.close();
    await until(() => server.clients === 1);
    await join(server);
    assert.equal(server.clients, 2);
  });

  it('closes a connection whose frame is longer than 64 KiB with code 1009, and only that one', async () => {
    const server = await serve();
    const [big, other] = [await join(server), await join(server)];
    big.socket.send(`{"kind":"ping","id":"${'x'.repeat(70_000)}"}`);
    const [code] = await once(big.socket, 'close');
    assert.equal(code, 1009);
    assert.deepEqual(await other.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('sends blocks, notes and notices to all', async () => {
    const server = await serve();
    const clients = [await join(server), await join(server)];
    const messages: ServerMessage[] = [
      { kind: 'note', on: true, pitch: 60, velocity: 90, channel: 1, tick: 0 },
      { kind: 'notice', text: 'The clock is lost.' },
      { kind: 'block', index: 0, bar: 1, model: 'folk', preset: 'plain', seed: 7, latent: [0], notes: [] },
    ];
    for (const message of messages) server.broadcast(message);
    for (const client of clients) for (const message of messages) assert.deepEqual(await client.next(), message);
  });

  it('of a thousand states at once sends the first and the newest', async () => {
    const server = await serve();
    const client = await join(server);
    for (let seed = 0; seed < 1000; seed++) server.broadcast({ kind: 'state', ...STATE, seed });
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE, seed: 0 });
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE, seed: 999 });
    assert.deepEqual(await client.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('leaves notes out for a client that does not read, tells it how many, and still sends it the newest state', async () => {
    const server = await serve({ limits: { full: 1000, overflow: 64_000_000, stateEveryMs: 5 } });
    const client = await join(server);
    client.socket.pause();
    // more than the system's own buffers hold, so that some of it stays ours
    const notice: ServerMessage = { kind: 'notice', text: 'x'.repeat(1_000_000) };
    for (let i = 0; i < 16; i++) server.broadcast(notice);
    for (let i = 0; i < 5; i++) {
      server.broadcast({ kind: 'note', on: true, pitch: 60, velocity: 90, channel: 1, tick: i });
      server.broadcast({ kind: 'state', ...STATE, seed: i });
    }
    client.socket.resume();
    const come: ServerMessage[] = [];
    do come.push(await client.next());
    while (come.at(-1)?.kind !== 'state');
    assert.deepEqual(come.at(-1), { kind: 'state', ...STATE, seed: 4 });
    assert.match(JSON.stringify(come.at(-2)), /5 note messages were left out/);
    assert.equal(come.filter(({ kind }) => kind === 'note').length, 0);
  });

  it('closes a client that reads nothing, and goes on with the others', async () => {
    const server = await serve({ limits: { overflow: 1_000_000 } });
    const [slow, other] = [await join(server), await join(server)];
    slow.socket.pause();
    for (let i = 0; i < 16; i++) {
      server.broadcast({ kind: 'notice', text: 'x'.repeat(1_000_000) });
      assert.equal((await other.next()).kind, 'notice');
    }
    slow.socket.resume();
    const [code] = await once(slow.socket, 'close');
    assert.ok(code === 1013 || code === 1006, `closed with ${code}`);
    await until(() => server.clients === 1);
    assert.deepEqual(await other.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('cuts a client that answers no ping', async () => {
    const server = await serve({ limits: { pingEveryMs: 20 } });
    const dead = new Client(server.url, { autoPong: false });
    const [code] = await once(dead.socket, 'close');
    assert.equal(code, 1006);
    await until(() => server.clients === 0);
  });

  it('says what to do when another program holds its port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    open.push(taken);
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await assert.rejects(serve({ port }), (error) => {
      assert.ok(error instanceof DaimonError && error.code === 'listen');
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}: another program .* --ws-port`));
      return true;
    });
  });

  it('says where it is to a browser that comes without a WebSocket', async () => {
    const response = await fetch((await serve()).url.replace('ws:', 'http:'));
    assert.equal(response.status, 426);
    assert.match(await response.text(), /protocol\.md/);
  });

  it('says goodbye when it closes', async () => {
    const server = await serve();
    const client = await join(server);
    const closed = once(client.socket, 'close');
    await server.close();
    const [code, reason] = await closed;
    assert.deepEqual([code, String(reason)], [1001, 'daimon has ended']);
  });

  it('answers ten thousand broken requests, and is still there', async () => {
    const server = await serve({
      onRequest: (request) => {
        if (request.kind === 'next') throw new DaimonError('backend', 'No.');
      },
    });
    const client = await join(server);
    const random = randomFrom(seed(1984));
    const bases = [
      '{"kind":"hello","id":1,"protocol":1}',
      '{"kind":"seed","value":7,"id":"a"}',
      '{"kind":"latent","values":[0.5,-1,2]}',
      '{"kind":"preset","name":"plain","id":null}',
      '{"kind":"tempo","bpm":120,"__proto__":{"bpm":1}}',
      '{"kind":"locate","bar":[[[[1]]]]}',
      '{"kind":"next"}',
    ];
    const letters = '{}[]":,.-+eE0123456789\\u\u0000\uffff kindvaluestrbpm';
    const broken = () => {
      let text = bases[random.below(bases.length)];
      for (let edits = random.below(6); edits > 0; edits--) {
        const [at, take] = [random.below(text.length + 1), random.below(4)];
        const put = Array.from({ length: random.below(4) }, () => letters[random.below(letters.length)]).join('');
        text = text.slice(0, at) + put + text.slice(at + take);
      }
      return text;
    };
    const answers = { ok: 0, error: 0 };
    for (let i = 0; i < 10_000; i += 100) {
      for (let j = 0; j < 100; j++) client.socket.send(broken());
      for (let j = 0; j < 100; j++) {
        const { kind } = await client.next();
        assert.ok(kind === 'ok' || kind === 'error', kind);
        answers[kind]++;
      }
    }
    assert.ok(answers.ok > 100 && answers.error > 5000, JSON.stringify(answers));
    assert.deepEqual(await client.ask({ kind: 'ping', id: 'end' }), { kind: 'ok', id: 'end' });
  });
});
