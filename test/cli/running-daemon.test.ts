import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { askDaemon } from '#daimon/cli/running-daemon.js';
import { DaimonError } from '#daimon/errors.js';
import { closeAll, closeLater, HELLO, serve } from '../support/control.js';

afterEach(closeAll);

const portOf = ({ url }: { url: string }): number => Number(new URL(url).port);
const failure = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof DaimonError && error.code === code && text.test(error.message);

/** Something else that listens, and says this to whoever comes. */
async function someoneElse(say: readonly string[] | null): Promise<number> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  closeLater(sockets);
  sockets.on('connection', (socket) => {
    for (const text of say ?? []) socket.send(text);
    if (say === null) socket.close();
  });
  await new Promise((resolve) => sockets.once('listening', resolve));
  return (sockets.address() as { port: number }).port;
}

describe('a request to the running daemon', () => {
  it('is answered with its hello, once it is done', async () => {
    const heard: PlayerRequest[] = [];
    const server = await serve({ onRequest: (request) => heard.push(request) });
    const hello = await askDaemon(portOf(server), { kind: 'panic' });
    assert.deepEqual(hello?.state, HELLO.state);
    assert.deepEqual(heard, [{ kind: 'panic', id: 1 }]);
  });

  it('that is refused fails as the daemon says', async () => {
    const onRequest = (): never => {
      throw new DaimonError('preset', 'There is no such preset.');
    };
    const asked = askDaemon(portOf(await serve({ onRequest })), { kind: 'preset', name: 'x' });
    await assert.rejects(asked, failure('preset', /^There is no such preset\.$/));
  });

  it('is heard by a daemon of another version too: what it says in other words is left aside', async () => {
    const port = await someoneElse([
      JSON.stringify({ kind: 'hello', protocol: 1, daimon: '9.0.0', mood: 'fine' }),
      JSON.stringify({ kind: 'aria', id: 1 }),
      JSON.stringify({ kind: 'ok', id: 7 }),
      JSON.stringify({ kind: 'ok', id: 1 }),
    ]);
    assert.equal(await askDaemon(port, { kind: 'panic' }), null);
  });

  it('where nobody listens says so, and what to do', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as { port: number };
        server.close(() => resolve(free));
      });
    });
    const text = new RegExp(`^No daimon answers on 127\\.0\\.0\\.1:${port}: .*--ws-port`);
    await assert.rejects(askDaemon(port, { kind: 'ping' }), failure('connect', text));
  });

  it('to a program that is no daimon does not wait for ever, whether it hangs up, is silent or speaks no WebSocket', async () => {
    const web = createServer((socket) => void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')).listen(0, '127.0.0.1');
    closeLater(web);
    await new Promise((resolve) => web.once('listening', resolve));
    const ports = [await someoneElse(null), await someoneElse(['hello']), (web.address() as { port: number }).port];
    for (const port of ports)
      await assert.rejects(
        askDaemon(port, { kind: 'ping' }, 50),
        failure('connect', /does not answer as a daimon \(.+\)/),
      );
  });
});
