import { connect } from 'node:net';

/** Guests who speak no WebSocket, or break its rules once they are in: each is a name and what it writes. */

const shake = (host: string, more = ''): string =>
  `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
/** Masked with zeros: as it is. */
const frame = (first: number, text: string): Buffer =>
  Buffer.concat([bytes(first, 0x80 | text.length, 0, 0, 0, 0), Buffer.from(text)]);
const inside = (host: string, ...frames: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(shake(host)), ...frames]);

export const RAW_GUESTS: readonly (readonly [string, (host: string) => Buffer])[] = [
  ['says nothing', () => Buffer.alloc(0)],
  ['half a handshake', (host) => Buffer.from(shake(host).slice(0, 60))],
  ['no HTTP', () => Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.repeat(20), 'latin1')],
  ['another name', () => Buffer.from(shake('evil.test:7333'))],
  ['another site', (host) => Buffer.from(shake(host, 'Origin: http://evil.test\r\n'))],
  ['a long header', (host) => Buffer.from(shake(host, `X: ${'x'.repeat(100_000)}\r\n`))],
  ['a bad key', (host) => Buffer.from(shake(host).replace('dGhl', '****'))],
  ['another version', (host) => Buffer.from(shake(host).replace('Version: 13', 'Version: 99'))],
  ['a frame without a mask', (host) => inside(host, bytes(0x81, 2, 0x7b, 0x7d))],
  ['an unknown kind of frame', (host) => inside(host, frame(0x83, 'x'))],
  ['reserved bits', (host) => inside(host, frame(0xf1, 'x'))],
  [
    'text that is no UTF-8',
    (host) => inside(host, Buffer.concat([frame(0x81, 'xx').subarray(0, 6), bytes(0xc3, 0x28)])),
  ],
  ['a frame of 2^62 bytes', (host) => inside(host, bytes(0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))],
  ['a long ping', (host) => inside(host, bytes(0x89, 0xfe, 0x10, 0, 0, 0, 0, 0))],
  [
    'fragments of nothing',
    (host) => inside(host, frame(0x01, ''), ...Array.from({ length: 20_000 }, () => frame(0x00, ''))),
  ],
  ['a request cut in two', (host) => inside(host, frame(0x01, '{"kind":'), frame(0x80, '"ping"}'))],
  ['a flood of pings', (host) => inside(host, ...Array.from({ length: 2000 }, () => frame(0x89, 'x')))],
  ['a close that says too little', (host) => inside(host, frame(0x88, 'x'))],
];

/** How long a guest stays at most, in ms: beyond what a handshake may take. */
const STAY_MS = 7000;

/** Lets a guest in; gives the status it was answered with, none where the connection ended without one. */
export function visit(port: number, write: (host: string) => Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    const stay = setTimeout(() => socket.destroy(), STAY_MS);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (said.length < 20) said += data.toString('latin1');
    });
    socket.on('close', () => {
      clearTimeout(stay);
      resolve(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 'none');
    });
    socket.write(write(`127.0.0.1:${port}`));
  });
}
