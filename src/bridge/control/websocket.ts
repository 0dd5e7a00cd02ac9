import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { DaimonError } from '../../errors.js';
import { type ControlLimits, ControlRoom, type ControlServerOptions, LIMITS } from './control-room.js';
import type { Surface } from './desk.js';
import { refusalOf } from './loopback.js';
import { loadPages, servePage } from './pages.js';
import type { ServerMessage } from './protocol.js';
import type { RollPlace } from './roll-frame.js';
import type { Topic } from './topics.js';

export interface ControlServer extends Surface {
  /** `ws://127.0.0.1:PORT` */
  readonly url: string;
  /** How many are connected. */
  readonly clients: number;
  /** Sends to all at once; a `state` waits for its turn, and only the newest is sent. */
  broadcast(message: ServerMessage): void;
  /** Whether any client listens to it. */
  isHeard(topic: Topic): boolean;
  /** Shows a roll to those who asked for them. */
  show(place: RollPlace, frame: Uint8Array): void;
  /** Says goodbye to all, and stops listening. */
  close(): Promise<void>;
}

/** The WebSocket of the daemon, on this machine only. Throws `listen` where the port can't be had. */
export async function openControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const limits: ControlLimits = { ...LIMITS, ...options.limits };
  const pages = loadPages();
  const http = createServer((request, response) => {
    const why = refusalOf(request, port);
    if (why === null) servePage(pages, request, response, request.headers.host ?? '');
    else response.writeHead(403, { 'Content-Type': 'text/plain' }).end(`${why}\n`);
  });
  // the connections that are no WebSocket (yet): as many again
  http.maxConnections = 2 * limits.clients;
  await listen(http, options.port).catch(async (error: DaimonError) => {
    if (!options.elseAny) throw error;
    await listen(http, 0);
  });
  const { port } = http.address() as AddressInfo;
  const room = new ControlRoom(options, limits);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, clientTracking: false });
  http.on('upgrade', (request, socket, head) => {
    const why = refusalOf(request, port);
    if (why !== null) refuse(socket, '403 Forbidden', why);
    else if (room.size >= limits.clients) refuse(socket, '503 Service Unavailable', 'Too many clients are connected.');
    else sockets.handleUpgrade(request, socket, head, (connected) => room.welcome(connected));
  });
  return {
    url: `ws://127.0.0.1:${port}`,
    get clients() {
      return room.size;
    },
    broadcast: (message) => room.broadcast(message),
    isHeard: (topic) => room.isHeard(topic),
    show: (place, frame) => room.show(place, frame),
    close: () => {
      room.close();
      return new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      });
    },
  };
}

/** Ends a handshake before it has become a WebSocket. */
function refuse(socket: Duplex, status: string, why: string): void {
  socket.on('error', () => {});
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${why.length}\r\n\r\n${why}`,
  );
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    // stays for later, when nobody waits any more: a connection that could not be accepted ends nothing
    http.on('error', (error: NodeJS.ErrnoException) => fail(cannotListen(port, error)));
    // no other interface: whoever can connect is on this machine
    http.listen(port, '127.0.0.1', () => done());
  });
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): DaimonError {
  const why = cause.code === 'EADDRINUSE' ? 'another program (another daimon?) listens there' : cause.message;
  const advice = 'choose another with --ws-port, or 0 for any that is free';
  return new DaimonError('listen', `The WebSocket cannot listen on 127.0.0.1:${port}: ${why}; ${advice}.`, { cause });
}
