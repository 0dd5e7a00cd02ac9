import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import type { PlayerRequest, ServerMessage } from '#daimon/bridge/control/protocol.js';
import type { ControlServer } from '#daimon/bridge/websocket/websocket.js';
import { type Client, closeAll, join, STATE, serve } from '../../support/control.js';

afterEach(closeAll);

const told: readonly ServerMessage[] = [
  { kind: 'state', ...STATE },
  { kind: 'values', values: { swing: 60 } },
  { kind: 'note', on: true, pitch: 60, velocity: 90, channel: 1, tick: 0 },
  { kind: 'notice', text: 'The clock is lost.' },
  { kind: 'block', index: 0, bar: 1, model: 'folk', preset: 'plain', seed: 7, latent: [0], number: 1, notes: [] },
  { kind: 'presets', presets: [] },
];

/** The kinds that a client is told of, until it is answered. */
async function heard(server: ControlServer, client: Client): Promise<readonly string[]> {
  for (const message of told) server.broadcast(message);
  client.socket.send(JSON.stringify({ kind: 'get-state' }));
  const kinds: string[] = [];
  for (let kind = ''; kind !== 'ok'; ) {
    ({ kind } = await client.next());
    kinds.push(kind);
  }
  return kinds.slice(0, -2);
}

describe('a client that subscribes', () => {
  it('is told of what it wants, and of what it must know; others still of all', async () => {
    const server = await serve();
    const [client, other] = [await join(server), await join(server)];
    await client.ask({ kind: 'subscribe', topics: ['notes', 'state'] });
    assert.deepEqual(await heard(server, client), ['state', 'note', 'presets']);
    await client.ask({ kind: 'subscribe', topics: [] });
    assert.deepEqual(await heard(server, client), ['presets']);
    assert.ok((await heard(server, other)).includes('block'));
  });

  it('is refused a topic that there is not, and a rate out of range', async () => {
    const client = await join(await serve());
    for (const wrong of [{ topics: ['nots'] }, { topics: [], every: 24 }, { topics: [], every: 10_001 }, {}]) {
      const answer = await client.ask({ kind: 'subscribe', ...wrong });
      assert.ok(answer.kind === 'error' && answer.code === 'protocol', JSON.stringify(wrong));
    }
  });

  it('has the first and the newest of many states, as often as it asked for', async () => {
    const server = await serve({ limits: { stateEveryMs: 1 } });
    const [seldom, often] = [await join(server), await join(server)];
    await seldom.ask({ kind: 'subscribe', topics: ['state'], every: 10_000 });
    await often.ask({ kind: 'subscribe', topics: ['state'], every: 25 });
    for (let seed = 0; seed < 100; seed++) server.broadcast({ kind: 'state', ...STATE, seed });
    const first = { kind: 'state', ...STATE, seed: 0 };
    assert.deepEqual([await often.next(), await seldom.next()], [first, first]);
    assert.deepEqual(await often.next(), { kind: 'state', ...STATE, seed: 99 });
    assert.deepEqual(await seldom.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('is not told again what it knows, until it subscribes anew', async () => {
    const server = await serve({ limits: { stateEveryMs: 1 } });
    const client = await join(server);
    const tellOften = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) {
        server.broadcast({ kind: 'state', ...STATE });
        await passes(5);
      }
    };
    await tellOften();
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE });
    server.broadcast({ kind: 'state', ...STATE, clock: 'running' });
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE, clock: 'running' });
    await tellOften();
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE });
    await client.ask({ kind: 'subscribe', topics: ['state'] });
    await tellOften();
    assert.deepEqual(await client.next(), { kind: 'state', ...STATE });
    assert.deepEqual(await client.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('is told where all stands when it has turned something, be that taken, refused, or turned back since', async () => {
    let swing = 50;
    const outcomes = [() => (swing = 60), () => (swing = 60), () => assert.fail('refused')];
    const server = await serve({
      limits: { stateEveryMs: 1 },
      values: () => ({ swing }),
      onRequest: () => void outcomes.shift()?.(),
    });
    const [client, other] = [await join(server), await join(server)];
    const turn = { kind: 'set', values: { swing: 60 } };
    assert.equal((await client.ask(turn)).kind, 'ok');
    assert.deepEqual(await client.next(), { kind: 'values', values: { swing: 60 } });
    assert.equal((await client.ask(turn)).kind, 'ok');
    assert.deepEqual(await client.next(), { kind: 'values', values: { swing: 60 } });
    swing = 50;
    server.broadcast({ kind: 'values', values: { swing } });
    assert.deepEqual(await client.next(), { kind: 'values', values: { swing } });
    assert.equal((await client.ask(turn)).kind, 'error');
    assert.deepEqual(await client.next(), { kind: 'values', values: { swing } });
    assert.deepEqual(await other.next(), { kind: 'values', values: { swing } });
    assert.deepEqual(await other.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
  });

  it('is told where all stands after what was turned back before it was told that it was turned', async () => {
    let swing = 50;
    const told = (): ServerMessage => ({ kind: 'values', values: { swing } });
    const onRequest = (request: PlayerRequest): void => {
      if (request.kind === 'set') swing = Number(request.values.swing);
      server.broadcast(told());
    };
    const server: ControlServer = await serve({ values: () => ({ swing }), onRequest });
    const [client, other] = [await join(server), await join(server)];
    server.broadcast(told());
    assert.deepEqual(await client.next(), told());
    assert.equal((await client.ask({ kind: 'set', values: { swing: 60 } })).kind, 'ok');
    await other.next();
    assert.equal((await other.ask({ kind: 'set', values: { swing: 50 } })).kind, 'ok');
    assert.deepEqual(await client.next(), { kind: 'values', values: { swing: 50 } });
  });

  it('has meters in binary once it asks for them, while anything changes; nobody else has', async () => {
    const server = await serve();
    const [client, other] = [await join(server), await join(server)];
    await client.ask({ kind: 'subscribe', topics: ['meters'], every: 25 });
    const frames: Buffer[] = [];
    client.onBinary = (frame) => frames.push(frame);
    other.onBinary = () => assert.fail('not asked for');
    server.broadcast({ kind: 'state', ...STATE });
    server.broadcast({ kind: 'state', ...STATE });
    await once(client.socket, 'message');
    server.broadcast({ kind: 'note', on: true, pitch: 60, velocity: 90, channel: 2, tick: 0 });
    server.broadcast({ kind: 'state', ...STATE });
    await once(client.socket, 'message');
    assert.deepEqual(
      frames.map((frame) => [frame[0], frame[12 + 1], frame[28 + 1]]),
      [
        [2, 0, 0],
        [2, 1, 90],
      ],
    );
    assert.deepEqual(await client.ask({ kind: 'subscribe', topics: [] }), { kind: 'ok', id: null });
    server.broadcast({ kind: 'state', ...STATE, clock: 'running' });
    assert.deepEqual(await client.ask({ kind: 'ping', id: 1 }), { kind: 'ok', id: 1 });
    assert.equal(frames.length, 2);
    assert.ok((await other.next()).kind === 'state');
  });
});
