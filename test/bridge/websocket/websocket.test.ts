import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import type { PlayerRequest, ServerMessage } from '#daimon/bridge/control/protocol.js';
import { DaimonError } from '#daimon/errors.js';
import { Client, closeAll, closeLater, HELLO, join, STATE, serve } from '../../support/control.js';

afterEach(closeAll);

describe('the WebSocket', () => {
  it('greets a client with versions, model, presets and state', async () => {
    const client = new Client((await serve()).url);
    const { kind, protocol, capabilities, ...rest } = (await client.next()) as Extract<
      ServerMessage,
      { kind: 'hello' }
    >;
    assert.deepEqual([kind, protocol], ['hello', 1]);
    assert.match(rest.daimon, /^\d+\.\d+\.\d+/);
    assert.deepEqual({ ...rest, daimon: '' }, { ...HELLO, daimon: '' });
    assert.ok(capabilities.requests.includes('capture') && capabilities.topics.includes('rolls'));
  });

  it('hands every request of a player to the daemon, and answers ok with its id', async () => {
    const heard: PlayerRequest[] = [];
    const client = await join(await serve({ onRequest: (request) => heard.push(request) }));
    await client.ask({ kind: 'subscribe', topics: [] });
    const requests: PlayerRequest[] = [
      { kind: 'start', id: 1 },
      { kind: 'stop', id: 'two' },
      { kind: 'next', id: 3 },
      { kind: 'seed', id: 4, value: 4_294_967_295 },
      { kind: 'latent', id: 5, values: [0.5, -0.5] },
      { kind: 'latent', id: 6, values: null },
      { kind: 'preset', id: 7, name: 'plain' },
      { kind: 'model', id: 12, name: 'folk' },
      { kind: 'set', id: 8, values: { tempo: 96.5, 'knobs/density': -1, scale: [0, 2, 4] } },
      { kind: 'locate', id: 9, bar: 33 },
      { kind: 'panic', id: 11 },
    ];
    for (const request of requests) assert.deepEqual(await client.ask(request), { kind: 'ok', id: request.id });
    // what is turned is nobody's by then: it may be of several clients
    assert.deepEqual(
      heard,
      requests.map(({ id, ...request }) => (request.kind === 'set' ? request : { ...request, id })),
    );
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

  it('answers what takes its time when it is done, well or ill, and meanwhile everything else', async () => {
    const ends: (() => void)[] = [];
    const client = await join(
      await serve({
        onRequest: ({ kind, id }) =>
          kind === 'model' &&
          new Promise<void>((resolve, reject) =>
            ends.push(() => (id === 1 ? resolve() : reject(new DaimonError('model', 'It is damaged.')))),
          ),
      }),
    );
    client.socket.send(JSON.stringify({ kind: 'model', id: 1, name: 'folk' }));
    client.socket.send(JSON.stringify({ kind: 'model', id: 2, name: 'flok' }));
    assert.deepEqual(await client.ask({ kind: 'ping', id: 3 }), { kind: 'ok', id: 3 });
    for (const end of ends.reverse()) end();
    assert.deepEqual(await client.next(), { kind: 'error', id: 2, code: 'model', message: 'It is damaged.' });
    assert.deepEqual(await client.next(), { kind: 'ok', id: 1 });
  });

  it('lets no client wait for more answers than the bound allows; what is done at once is never refused', async () => {
    let end: () => void = () => {};
    const loaded = new Promise<void>((resolve) => {
      end = resolve;
    });
    const server = await serve({ onRequest: ({ kind }) => kind === 'model' && loaded, limits: { awaited: 2 } });
    const [client, other] = [await join(server), await join(server)];
    for (const id of [1, 2, 3]) client.socket.send(JSON.stringify({ kind: 'model', id, name: 'folk' }));
    const refused = await client.next();
    assert.ok(refused.kind === 'error' && refused.id === 3 && refused.code === 'protocol');
    assert.deepEqual(await client.ask({ kind: 'panic', id: 4 }), { kind: 'ok', id: 4 });
    other.socket.send(JSON.stringify({ kind: 'model', id: 5, name: 'folk' }));
    assert.deepEqual(await other.ask({ kind: 'ping', id: 6 }), { kind: 'ok', id: 6 });
    end();
    assert.deepEqual(
      [await client.next(), await client.next()].map(({ kind }) => kind),
      ['ok', 'ok'],
    );
    assert.deepEqual(await other.next(), { kind: 'ok', id: 5 });
    client.socket.send(JSON.stringify({ kind: 'model', id: 7, name: 'folk' }));
    assert.deepEqual(await client.next(), { kind: 'ok', id: 7 });
  });

  it('hands a message that the daemon gives for an answer to who asked, before the ok, and to nobody else', async () => {
    const captured: ServerMessage = { kind: 'captured', path: '/tmp/a.mid', notes: 3, bars: 1 };
    const server = await serve({ onRequest: async ({ kind }) => (kind === 'capture' ? captured : undefined) });
    const [client, other] = [await join(server), await join(server)];
    assert.deepEqual(await client.ask({ kind: 'capture', id: 1, bars: 1 }), captured);
    assert.deepEqual(await client.next(), { kind: 'ok', id: 1 });
    assert.deepEqual(await other.ask({ kind: 'ping', id: 2 }), { kind: 'ok', id: 2 });
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

  it('sends blocks, notes and notices to all', async () => {
    const server = await serve();
    const clients = [await join(server), await join(server)];
    const messages: ServerMessage[] = [
      { kind: 'note', on: true, pitch: 60, velocity: 90, channel: 1, tick: 0 },
      { kind: 'notice', text: 'The clock is lost.' },
      { kind: 'model', model: 'folk', latentShape: { channels: 7, rows: 2, columns: 8 }, parameters: [] },
      { kind: 'block', index: 0, bar: 1, model: 'folk', preset: 'plain', seed: 7, latent: [0], number: 1, notes: [] },
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

  it('says what to do when another program holds its port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    closeLater(taken);
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await assert.rejects(serve({ port }), (error) => {
      assert.ok(error instanceof DaimonError && error.code === 'listen');
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}: another program .* --ws-port`));
      return true;
    });
  });

  it('takes any other port where that was allowed', async () => {
    const first = await serve();
    const port = Number(new URL(first.url).port);
    const second = await serve({ port, elseAny: true });
    assert.notEqual(second.url, first.url);
    assert.deepEqual(await (await join(second)).ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('tells who comes in the middle of a block which one is playing', async () => {
    const block = {
      kind: 'block',
      index: 3,
      bar: 49,
      model: 'folk',
      preset: 'plain',
      seed: 7,
      latent: [0],
      number: 1,
      notes: [],
    } as const;
    const client = await join(await serve({ block: () => block }));
    assert.deepEqual(await client.next(), block);
  });

  it('says goodbye when it closes', async () => {
    const server = await serve();
    const client = await join(server);
    const closed = once(client.socket, 'close');
    await server.close();
    const [code, reason] = await closed;
    assert.deepEqual([code, String(reason)], [1001, 'daimon has ended']);
  });
});
