import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { Bonjour } from 'bonjour-service';
import { announce } from '#daimon/bridge/osc/bonjour.js';
import { closeAll, closeLater, until } from '../../support/control.js';
import { Program } from '../../support/program.js';

afterEach(closeAll);

/** A port of this machine that nobody else may have while the socket is open. */
async function taken(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

describe('Bonjour', () => {
  it('shows others who look for OSC where daimon is, and that it has gone', async () => {
    const free = await taken();
    const { port } = free.address();
    await new Promise<void>((done) => free.close(done));
    // instead of a multicast, which not every machine has, one listener
    const network = { port, ip: '127.0.0.1', multicast: false };
    const looking = new Bonjour({ ...network, ...{ bind: '127.0.0.1' } });
    closeLater({ close: () => new Promise<void>((done) => looking.destroy(done)) });
    const shown = new Map<string, number>();
    const browser = looking.find({ type: 'osc', protocol: 'udp' });
    browser.on('up', (service) => shown.set(service.name, service.port));
    browser.on('down', (service) => shown.delete(service.name));

    const announcement = await announce(7334, assert.fail, { ...network, ...{ bind: false } });
    await until(() => shown.size > 0);
    const [[name, at]] = shown;
    assert.match(name, /^daimon .* 7334$/);
    assert.equal(at, 7334);
    await announcement.close();
    await until(() => shown.size === 0);
  });

  it('that can’t be had is told, and ends nothing', async () => {
    const socket = await taken();
    closeLater(socket);
    const warnings: string[] = [];
    const network = { port: socket.address().port, bind: '127.0.0.1' };
    const announcement = await announce(7334, (text) => warnings.push(text), network);
    await until(() => warnings.length > 0);
    assert.match(warnings[0]!, /^OSC can't be announced by Bonjour: .*EADDRINUSE/);
    await announcement.close();
  });

  it('leaves nothing open that would keep a program from its end', async () => {
    const announced = `const { announce } = await import('./dist/bridge/osc/bonjour.js');
      await (await announce(7334, console.error)).close();`;
    const { code } = await new Program(process.execPath, ['--input-type=module', '-e', announced]).ended();
    assert.equal(code, 0);
  });

  it('by bonjour-service still wants its errors heard by us: else this part of announce can go', () => {
    const bonjour = new Bonjour({ port: 0 });
    closeLater({ close: () => new Promise<void>((done) => bonjour.destroy(done)) });
    assert.equal(Reflect.get(Reflect.get(bonjour, 'server'), 'mdns').listenerCount('error'), 0);
  });
});
