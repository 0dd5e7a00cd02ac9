import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { newToken } from '#daimon/bridge/websocket/token.js';
import type { ControlServer } from '#daimon/bridge/websocket/websocket.js';
import { closeAll, handshake, join, serve } from '../../support/control.js';
import { OTHER_ADDRESS } from '../../support/other-address.js';

afterEach(closeAll);

/** A server for other devices too, and ways to it that count as theirs. */
async function open() {
  const token = newToken();
  const server = await serve({ beyond: { host: OTHER_ADDRESS, token } });
  const { port } = new URL(server.url);
  const host = `${OTHER_ADDRESS}:${port}`;
  return { server, token, port, host, ws: `ws://${host}/`, withToken: `ws://${host}/?token=${token}` };
}

/** The status line and the body of a refused handshake. */
async function refusal(address: string, port: string, path: string): Promise<string> {
  const socket = connect(Number(port), address);
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${address}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`,
  );
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  await once(socket, 'close');
  return said;
}

describe('the WebSocket', () => {
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
    for (const headers of welcome) assert.equal(await handshake(server.url, headers), 101, JSON.stringify(headers));
    for (const headers of foreign) assert.equal(await handshake(server.url, headers), 403, JSON.stringify(headers));
  });
});

describe('with a host for other devices, the WebSocket', () => {
  it('lets in there who knows the token, and nobody else', async () => {
    const { withToken, ws, token } = await open();
    assert.equal(await handshake(withToken), 101);
    for (const query of [
      '',
      '?token=',
      `?token=${token}A`,
      `?token=${token.slice(1)}`,
      `?tokens=${token}`,
      `?token=%ff`,
    ])
      assert.equal(await handshake(ws + query), 401, query);
  });

  it('says in a sentence why it lets nobody in', async () => {
    const { port } = await open();
    const said = await refusal(OTHER_ADDRESS, port, '/?token=guess');
    assert.match(said, /^HTTP\/1\.1 401 Unauthorized\r\n.*\r\n\r\nThe token is missing or wrong: use the link/s);
  });

  it('wants no token of this machine', async () => {
    const { server } = await open();
    await join(server);
  });

  it('with the token too is open to its own pages and those of this machine only, and by its own address only', async () => {
    const { withToken, host, port } = await open();
    for (const headers of [
      { Origin: `http://${host}` },
      { Origin: 'http://localhost:5173' },
      { Host: `localhost:${port}` },
    ] as const)
      assert.equal(await handshake(withToken, headers as Record<string, string>), 101, JSON.stringify(headers));
    for (const headers of [
      { Origin: 'http://evil.example' },
      { Origin: `https://${host}` },
      { Origin: `http://${OTHER_ADDRESS}` },
      { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` },
      { Host: `192.0.2.77:${port}` },
      { Host: OTHER_ADDRESS },
    ] as const)
      assert.equal(await handshake(withToken, headers as Record<string, string>), 403, JSON.stringify(headers));
  });

  it('looks at no more than some tokens of an address, and keeps nobody out of this machine for that', async () => {
    const { ws, server } = await open();
    const statuses: (number | undefined)[] = [];
    while (statuses.length < 200 && statuses.at(-1) !== 429)
      statuses.push(await handshake(`${ws}?token=${statuses.length}`));
    assert.equal(statuses.at(-1), 429);
    assert.ok(statuses.slice(0, -1).every((status) => status === 401));
    await join(server);
  });

  it('has links to its page, in which the token is a part that browsers send to nobody', async () => {
    const { server, host, token } = await open();
    assert.deepEqual(server.links, [`http://${host}/#token=${token}`]);
    const [response] = await once(get(`http://${host}/`), 'response');
    assert.equal(response.resume().statusCode, 200);
  });

  it('can not be had at an address that is none of this machine, and then listens nowhere', async () => {
    // of a block for documentation
    const opening = serve({ beyond: { host: '203.0.113.9', token: newToken() } });
    await assert.rejects(opening, {
      code: 'listen',
      message: /203\.0\.113\.9.*--host must be an address of this machine/,
    });
  });

  it('without one has no links', async () => {
    const server: ControlServer = await serve();
    assert.deepEqual(server.links, []);
  });
});
