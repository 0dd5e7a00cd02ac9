import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DaimonError } from '../../errors.js';
import type { Surface } from '../control/desk.js';
import type { ServerMessage } from '../control/protocol.js';
import type { RollPlace } from '../control/roll-frame.js';
import type { Topic } from '../control/topics.js';
import { now } from '../monotonic.js';
import { newAttempts } from './attempts.js';
import { type ControlLimits, ControlRoom, type ControlServerOptions, LIMITS } from './control-room.js';
import { type Door, refusalOf, refusalOfPage } from './door.js';
import { addressesFor, hostsBeyond, listenAt } from './listening.js';
import { loadPages, servePage } from './pages.js';

export interface ControlServer extends Surface {
  /** `ws://127.0.0.1:PORT` */
  readonly url: string;
  /** `http://HOST:PORT/#token=TOKEN` for each host by which other devices reach us; the page there hands on the token. */
  readonly links: readonly string[];
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

/** Who has not asked for anything by then is no client (ms). */
const HANDSHAKE_MS = 5000;
const TIMEOUTS = { headersTimeout: HANDSHAKE_MS, requestTimeout: HANDSHAKE_MS, connectionsCheckingInterval: 1000 };

/** The WebSocket of the daemon. Throws `listen` where port or host can't be had. */
export async function openControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const limits: ControlLimits = { ...LIMITS, ...options.limits };
  const { beyond = null } = options;
  const room = new ControlRoom(options, limits);
  // one frame to a turn of the loop: who sends many at once keeps nobody waiting
  const mode = { noServer: true, clientTracking: false, allowSynchronousEvents: false } as const;
  const sockets = new WebSocketServer({ ...mode, maxPayload: limits.frameBytes });
  const pages = loadPages();
  const attempts = newAttempts();
  const servers: Server[] = [];
  const serve = async (at: number, address: string, elseAny: boolean): Promise<number> => {
    const http = createServer(TIMEOUTS);
    servers.push(http);
    // the connections that are no WebSocket (yet): as many again
    http.maxConnections = 2 * limits.clients;
    await listenAt(http, at, address).catch(async (error: DaimonError) => {
      if (!elseAny) throw error;
      await listenAt(http, 0, address);
    });
    const { port } = http.address() as AddressInfo;
    const door: Door = { port, beyond, attempts };
    http.on('request', (request, response) => {
      const refusal = refusalOfPage(request, door);
      if (refusal === null) servePage(pages, request, response, request.headers.host ?? '');
      else response.writeHead(403, { 'Content-Type': 'text/plain' }).end(`${refusal.why}\n`);
    });
    http.on('upgrade', (request, socket, head) => {
      const refusal = refusalOf(request, door, now());
      if (refusal !== null) refuse(socket, refusal.status, refusal.why);
      else if (room.size >= limits.clients)
        refuse(socket, '503 Service Unavailable', 'Too many clients are connected.');
      else sockets.handleUpgrade(request, socket, head, (connected) => room.welcome(connected));
    });
    return port;
  };
  const close = async (): Promise<void> => {
    room.close();
    await Promise.all(servers.map(closeServer));
  };
  try {
    const [here, ...elsewhere] = addressesFor(beyond?.host ?? null);
    const port = await serve(options.port, here, options.elseAny ?? false);
    for (const address of elsewhere) await serve(port, address, false);
    const hosts = beyond === null ? [] : hostsBeyond(beyond.host);
    return {
      url: `ws://127.0.0.1:${port}`,
      links: hosts.map((host) => `http://${host}:${port}/#token=${beyond?.token}`),
      get clients() {
        return room.size;
      },
      broadcast: (message) => room.broadcast(message),
      isHeard: (topic) => room.isHeard(topic),
      show: (place, frame) => room.show(place, frame),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const closeServer = (http: Server): Promise<void> =>
  new Promise((done) => {
    // also where it has not come to listen
    http.close(() => done());
    http.closeAllConnections();
  });

/** Ends a handshake before it has become a WebSocket. */
function refuse(socket: Duplex, status: string, why: string): void {
  socket.on('error', () => {});
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${why.length}\r\n\r\n${why}`,
  );
}
