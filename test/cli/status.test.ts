import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import type { StateBody } from '#daimon/bridge/control/protocol.js';
import { verdict } from '#daimon/cli/status.js';
import { closeAll, closeLater, HELLO, STATE, serve } from '../support/control.js';
import { runDaimon } from '../support/program.js';

afterEach(closeAll);

const status = (port: string | number, ...args: readonly string[]) =>
  runDaimon('status', '--ws-port', String(port), ...args);
const portOf = ({ url }: { url: string }): string => new URL(url).port;

const LATE = { count: 1204, p50: 0.021, p99: 3.4, max: 48.12, late: 13, spread: [900, 150, 80, 40, 15, 6, 5, 4, 4] };

/** On stage: the host's clock runs, and somebody made the machine busy. */
const PLAYING: StateBody = {
  ...STATE,
  clock: 'running',
  source: 'host',
  jitter: 0.314,
  tempo: 119.98,
  position: { bar: 17, beat: 3, tick: 240 },
  input: null,
  timing: { recent: LATE, total: { ...LATE, count: 20_000 } },
};

describe('daimon status', () => {
  it('shows what plays, on which clock and ports, and how late its notes went out', async () => {
    const server = await serve({ hello: () => ({ ...HELLO, state: PLAYING, values: { offset: -12.5 } }) });
    const { code, stdout, stderr } = await status(portOf(server));
    assert.deepEqual([code, stderr], [0, '']);
    for (const line of [
      /^daimon \d/m,
      /^model +folk, onnx \(cpu\)$/m,
      /^clock +the host's, running, 119\.98 BPM, its pulses jitter by 0\.31 ms$/m,
      /^position +bar 17, beat 3$/m,
      /^preset +plain$/m,
      /^seed +7$/m,
      /^plays to +Daimon Out$/m,
      /^hears +\(no port\)$/m,
      /^offset +-12\.5 ms$/m,
      /^the last 1 to 2 minutes +1204 +0\.021 +3\.400 +48\.120 +13$/m,
      /^since the start +20000 /m,
      /^Late: .*\.\n$/m,
    ])
      assert.match(stdout, line);
  });

  it('shows no delays before the first note', async () => {
    const none = { count: 0, p50: 0, p99: 0, max: 0, late: 0, spread: LATE.spread };
    const server = await serve({
      hello: () => ({ ...HELLO, state: { ...STATE, tempo: null, timing: { recent: none, total: none } } }),
    });
    const { stdout } = await status(portOf(server));
    assert.match(stdout, /^clock +our own, stopped$/m);
    assert.match(stdout, /^since the start +0 +- +- +- +0$/m);
  });

  it('says when a session leads', async () => {
    const server = await serve({ hello: () => ({ ...HELLO, state: { ...PLAYING, source: 'session', jitter: null } }) });
    assert.match((await status(portOf(server))).stdout, /^clock +the session's, running, 119\.98 BPM$/m);
  });

  it('can be had as JSON, with all of the state and the verdict', async () => {
    const { daimon, verdict: said, ...rest } = JSON.parse((await status(portOf(await serve()), '--json')).stdout);
    assert.match(daimon, /^\d/);
    assert.deepEqual(rest, { ...STATE, values: HELLO.values });
    assert.equal(said, verdict(STATE));
  });

  it('where no daimon answers says so in one sentence, and ends with status 1', async () => {
    const server = await serve();
    await server.close();
    const { code, stdout, stderr } = await status(portOf(server));
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^daimon: No daimon answers on [^\n]+\.\n$/);
  });

  it('says of a daimon of another version that it cannot read it', async () => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closeLater(sockets);
    sockets.on('connection', (socket) => {
      socket.send(JSON.stringify({ kind: 'hello', protocol: 2 }));
      socket.send(JSON.stringify({ kind: 'ok', id: 1 }));
    });
    await new Promise((resolve) => sockets.once('listening', resolve));
    const { code, stderr } = await status((sockets.address() as { port: number }).port);
    assert.equal(code, 1);
    assert.match(stderr, /another version/);
  });
});

describe('the verdict', () => {
  it('is in time as long as no recent note was late, whatever was before', () => {
    const recent = { ...LATE, max: 2.9, late: 0 };
    assert.match(verdict({ ...PLAYING, timing: { recent, total: LATE } }), /^In time: .*3 ms late\.$/);
  });

  it('counts the late ones and tells the worst', () => {
    assert.match(verdict(PLAYING), /^Late: .*13 of 1204 .*48\.1 ms;/);
  });

  it('knows nothing where nothing was played lately, and misses a port before all else', () => {
    const silent = { ...PLAYING, timing: { recent: { ...LATE, count: 0, late: 0 }, total: LATE } };
    assert.match(verdict(silent), /^Nothing was played/);
    assert.match(verdict({ ...silent, output: null }), /^No MIDI output: .*daimon doctor/);
  });
});
