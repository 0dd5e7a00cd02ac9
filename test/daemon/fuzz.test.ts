import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import type { ServerMessage } from '#daimon/bridge/control/protocol.js';
import type { ControlServer } from '#daimon/bridge/websocket/websocket.js';
import { newDesk } from '#daimon/daemon/desk.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import type { Show } from '#daimon/daemon/status.js';
import { newTiming } from '#daimon/daemon/timing.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { Client, closeAll, serve } from '../support/control.js';
import { exampleRequests, newFrames } from '../support/frames.js';
import { preset, resting } from '../transport/stage.js';
import { Bench } from './bench.js';
import { requestStage } from './request-stage.js';

afterEach(closeAll);

/** More than can be asked. */
const UNBOUNDED = { perSecond: 1e9, atOnce: 1e9 };

/** A daemon in virtual time behind a real socket; its model has a knob, and nothing is written. */
async function listening() {
  const bench = new Bench('internal');
  await bench.player.ready();
  const presets = [preset, { ...resting, name: 'music-box' }, { ...preset, name: 'hearth' }];
  const shelf = newShelf({ presets, own: new Set() }, { onChanged: () => {}, write: async () => {} });
  const stage = requestStage(bench, { shelf });
  const show: Show = { ...stage, timing: newTiming(), out: { port: null }, input: { port: null } };
  const server: ControlServer = await serve({
    limits: { each: UNBOUNDED, all: UNBOUNDED },
    ...newDesk(stage, show, ['test'], (message) => server.broadcast(message)),
  });
  return { bench, server };
}

it('twenty thousand frames, good, mutated and random, are each answered, by nothing unforeseen, and the music goes on', async () => {
  const { bench, server } = await listening();
  const client = new Client(server.url);
  assert.equal((await client.next()).kind, 'hello');
  const frame = newFrames(randomFrom(seed(20_261)), exampleRequests());
  const answers = { ok: 0, error: 0 };
  const broken: string[] = [];
  for (let sent = 0; sent < 20_000; sent += 50) {
    const frames = Array.from({ length: 50 }, frame);
    for (const each of frames) client.socket.send(each);
    for (let left = frames.length; left > 0; ) {
      const message: ServerMessage = await client.next();
      if (message.kind !== 'ok' && message.kind !== 'error') continue;
      if (message.kind === 'error' && message.code === 'internal') broken.push(message.message);
      answers[message.kind]++;
      left--;
    }
    bench.wait(25);
    bench.calls.length = 0;
  }
  assert.deepEqual(broken, []);
  assert.ok(answers.ok > 2000 && answers.error > 10_000, JSON.stringify(answers));
  for (const request of [{ kind: 'preset', name: preset.name }, { kind: 'seed', value: 7 }, { kind: 'start' }])
    assert.equal((await client.ask({ ...request, id: 'end' })).kind, 'ok');
  for (let turns = 0; turns < 4000 && !bench.calls.some(({ kind }) => kind === 'schedule'); turns++) {
    bench.wait(25);
    await drawn();
  }
  assert.ok(bench.calls.some(({ kind }) => kind === 'schedule'));
});
