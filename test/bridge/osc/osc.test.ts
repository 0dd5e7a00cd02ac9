import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { toBuffer } from 'osc-min';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { type Osc, type OscOptions, openOsc } from '#daimon/bridge/osc/osc.js';
import { type OscMessage, readPacket } from '#daimon/bridge/osc/packet.js';
import { CONTROLS, closeAll, closeLater, HELLO, until } from '../../support/control.js';

afterEach(closeAll);

async function serve(options: Partial<OscOptions> = {}): Promise<Osc & { readonly asked: PlayerRequest[] }> {
  const asked: PlayerRequest[] = [];
  const osc = await openOsc({
    port: 0,
    to: [],
    from: [],
    hello: () => HELLO,
    controls: () => CONTROLS,
    values: () => HELLO.values,
    onRequest: (request) => void asked.push(request),
    say: () => {},
    ...options,
  });
  closeLater(osc);
  return { ...osc, asked };
}

const portOf = ({ url }: Osc): number => Number(/^osc\.udp:\/\/(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)$/.exec(url)![1]);

/** A socket that keeps what comes. */
async function panel() {
  const socket: Socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closeLater(socket);
  const heard: OscMessage[] = [];
  socket.on('message', (bytes) => heard.push(...readPacket(bytes)!));
  return {
    port: socket.address().port,
    heard,
    tell: (osc: Osc, path: string, ...args: (number | string)[]) =>
      socket.send(toBuffer({ address: `/daimon/${path}`, args }), portOf(osc), '127.0.0.1'),
    throwAt: (osc: Osc, bytes: Uint8Array) => socket.send(bytes, portOf(osc), '127.0.0.1'),
  };
}

describe('OSC over UDP', () => {
  it('is heard, and answered where it came from', async () => {
    const [osc, { tell, heard }] = [await serve(), await panel()];
    tell(osc, 'swing', 58);
    await until(() => osc.asked.length > 0);
    assert.deepEqual(osc.asked, [{ kind: 'set', values: { swing: 58 } }]);
    tell(osc, 'ping');
    await until(() => heard.length > 0);
    assert.deepEqual(heard, [{ address: '/daimon/ok', args: ['ping'] }]);
  });

  it('is heard on this machine too where another one is named', async () => {
    const said: string[] = [];
    const osc = await serve({ from: ['192.0.2.7'], say: (text) => void said.push(text) });
    const { tell } = await panel();
    assert.match(osc.url, /\/\/0\.0\.0\.0:/);
    tell(osc, 'swing', 58);
    await until(() => osc.asked.length > 0);
    await assert.rejects(serve({ from: ['nobody.invalid'] }), { code: 'option', message: /see what --osc-from names/ });
  });

  it('tells those who are named at the start, by the names of their machines, and those who subscribe', async () => {
    const [fixed, other] = [await panel(), await panel()];
    const osc = await serve({ to: [{ host: 'localhost', port: fixed.port }] });
    await until(() => fixed.heard.some(({ address }) => address === '/daimon/presets'));
    other.tell(osc, 'subscribe');
    await until(() => other.heard.some(({ address }) => address === '/daimon/presets'));
    osc.broadcast({ kind: 'notice', text: 'hello' });
    const hasNotice = ({ heard }: { readonly heard: readonly OscMessage[] }) =>
      heard.some(({ address, args }) => address === '/daimon/notice' && args[0] === 'hello');
    await until(() => hasNotice(fixed) && hasNotice(other));
  });

  it('leaves packets aside that are longer than any request, and garbage', async () => {
    const [osc, { tell, throwAt }] = [await serve(), await panel()];
    throwAt(osc, new Uint8Array(17 * 1024).fill(0x2f));
    throwAt(osc, new Uint8Array(0));
    throwAt(osc, Uint8Array.of(0x2f, 0xff, 0xff));
    tell(osc, 'next');
    await until(() => osc.asked.length > 0);
    assert.deepEqual(osc.asked, [{ kind: 'next' }]);
  });

  it('takes another port where the usual one is taken, and says so where one was asked for', async () => {
    const first = await serve({ port: 'usual' });
    assert.notEqual((await serve({ port: 'usual' })).url, first.url);
    await assert.rejects(serve({ port: portOf(first) }), {
      code: 'listen',
      message: `OSC cannot be heard on 127.0.0.1:${portOf(first)}: another program (another daimon?) listens there; choose another with --osc-port, or 0 for any that is free.`,
    });
  });

  it('knows no machine of a name that nobody has, or of another kind of address', async () => {
    await assert.rejects(serve({ to: [{ host: '::1', port: 9000 }] }), { code: 'option' });
    await assert.rejects(serve({ to: [{ host: 'no-such.invalid', port: 9000 }] }), { code: 'option' });
  });

  it('once closed says nothing, throws nothing, and gives its port back', async () => {
    const osc = await serve();
    await osc.close();
    osc.broadcast({ kind: 'notice', text: 'x' });
    const again = await serve({ port: portOf(osc) });
    assert.equal(again.url, osc.url);
  });
});
