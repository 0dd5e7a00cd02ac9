import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { ServerMessage } from '#daimon/bridge/control/protocol.js';
import type { ControlServer } from '#daimon/bridge/control/websocket.js';
import { DaimonError } from '#daimon/errors.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { Client, closeAll, closeLater, join, STATE, serve, until } from '../../support/control.js';

afterEach(closeAll);

/** How a handshake ends: 101, or the status that refuses it. */
function handshake(server: ControlServer, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(server.url, { headers });
  closeLater({ close: () => socket.terminate() });
  return new Promise((done) => {
    socket.on('error', () => {});
    socket.on('open', () => done(101));
    socket.on('unexpected-response', (_, response) => done(response.statusCode));
  });
}

describe('the WebSocket, on a bad day,', () => {
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
      '{"kind":"locate","bar":12,"__proto__":{"bar":1}}',
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
