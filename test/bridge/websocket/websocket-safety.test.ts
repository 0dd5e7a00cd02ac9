import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, it } from 'node:test';
import type { ServerMessage } from '#daimon/bridge/control/protocol.js';
import { DaimonError } from '#daimon/errors.js';
import { Client, closeAll, handshake, join, STATE, serve, until } from '../../support/control.js';

afterEach(closeAll);

describe('the WebSocket, on a bad day,', () => {
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
    assert.equal(await handshake(server.url), 503);
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

  it('reads a client more slowly that asks more than it may, tells it once, and answers it all the same', async () => {
    const server = await serve({ limits: { each: { perSecond: 500, atOnce: 20 } } });
    const [fast, other] = [await join(server), await join(server)];
    for (let id = 0; id < 200; id++) fast.socket.send(JSON.stringify({ kind: 'ping', id }));
    assert.deepEqual(await other.ask({ kind: 'ping', id: 'a' }), { kind: 'ok', id: 'a' });
    const come = await answersOf(fast, 200);
    assert.deepEqual(
      come.filter(({ kind }) => kind === 'ok').map((message) => message.kind === 'ok' && message.id),
      Array.from({ length: 200 }, (_, id) => id),
    );
    const notices = come.filter(({ kind }) => kind === 'notice');
    assert.match(JSON.stringify(notices), /^\[[^[]*it is read more slowly[^[]*\]$/);
  });

  it('counts what many clients ask together, long frames as several, and pings of the WebSocket itself', async () => {
    const slowedBy = async (act: (client: Client) => void): Promise<void> => {
      const server = await serve({ limits: { all: { perSecond: 500, atOnce: 40 } } });
      const clients = await Promise.all(Array.from({ length: 5 }, () => join(server)));
      for (const client of clients) act(client);
      await Promise.any(clients.map(untilSlowed));
    };
    await slowedBy(({ socket }) => {
      for (let i = 0; i < 20; i++) socket.send('{"kind":"start"}');
    });
    await slowedBy(({ socket }) => socket.send(' '.repeat(30_000)));
    await slowedBy(({ socket }) => {
      for (let i = 0; i < 20; i++) socket.ping();
    });
  });

  it('of many sets of one path the newest stands at last, each is answered, and a wrong one among them is told', async () => {
    let swing = 0;
    const server = await serve({
      check: ({ swing: wanted }) => {
        if (Number(wanted) > 75) throw new DaimonError('parameter', 'No.');
      },
      onRequest: (request) => {
        if (request.kind === 'set') swing = Number(request.values.swing);
      },
    });
    const client = await join(server);
    for (let id = 0; id < 500; id++)
      client.socket.send(JSON.stringify({ kind: 'set', id, values: { swing: id === 250 ? 99 : 50 + (id % 20) } }));
    const come = await answersOf(client, 500);
    assert.deepEqual(
      come.flatMap((message) => (message.kind === 'error' ? [message.id] : [])),
      [250],
    );
    assert.equal(swing, 50 + (499 % 20));
    client.socket.send(JSON.stringify({ kind: 'set', id: 'a', values: { swing: 61 } }));
    client.socket.send(JSON.stringify({ kind: 'set', id: 'b', values: { swing: 62 } }));
    client.socket.send(JSON.stringify({ kind: 'ping', id: 'c' }));
    await answersOf(client, 3);
    assert.equal(swing, 62);
  });

  it('lives on after frames that are nested as deep as they are long', async () => {
    const client = await join(await serve());
    for (const text of [
      '['.repeat(60_000),
      '['.repeat(30_000) + ']'.repeat(30_000),
      `{"kind":"ping","id":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    ])
      assert.equal((await client.ask(text)).kind, 'error');
    assert.deepEqual(await client.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });
});

async function untilSlowed(client: Client): Promise<void> {
  for (let message = await client.next(); ; message = await client.next())
    if (message.kind === 'notice' && /read more slowly/.test(message.text)) return;
}

/** All that comes until so many answers have. */
async function answersOf(client: Client, count: number): Promise<readonly ServerMessage[]> {
  const come: ServerMessage[] = [];
  for (let left = count; left > 0; ) {
    const message = await client.next();
    come.push(message);
    if (message.kind === 'ok' || message.kind === 'error') left--;
  }
  return come;
}
