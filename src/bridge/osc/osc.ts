import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { DaimonError } from '../../errors.js';
import type { Desk, Surface } from '../control/desk.js';
import { now } from '../monotonic.js';
import { DEFAULT_OSC_PORT } from './address.js';
import { announce } from './bonjour.js';
import { newInbox } from './inbox.js';
import { hearing, isLoopback, nameOf, type Peer } from './nearby.js';
import { OscRoom } from './osc-room.js';

const LIMITS = {
  /** The longest message, a latent of 1024 doubles, takes 9 KB. */
  packetBytes: 16 * 1024,
  /** All controls of four surfaces, recalled at once. */
  waiting: 256,
  /** Of requests they take some 20 ms, and notes are planned 200 ms ahead at the least. */
  atATime: 64,
  /** A hand is seen a hundred times a second. */
  pauseMs: 10,
  subscribers: 16,
  renewMs: 60_000,
  /** What waits to be sent: all that stands, to all, twice. Beyond, the network takes nothing. */
  unsentBytes: 256 * 1024,
};

export interface OscOptions extends Desk {
  /** Machines that are heard besides this one, by name or address. */
  readonly from: readonly string[];
  /** 0 for any that is free, 'usual' for the usual one or else any. */
  readonly port: number | 'usual';
  /** Who is told all that changes, besides those who subscribe. */
  readonly to: readonly OscTarget[];
  /** Tells the player. */
  readonly say: (text: string) => void;
}

/** A receiver of OSC by the name of its machine. */
export interface OscTarget {
  readonly host: string;
  readonly port: number;
}

export interface Osc extends Surface {
  /** `osc.udp://127.0.0.1:PORT`, as liblo writes it. */
  readonly url: string;
  close(): Promise<void>;
}

/** OSC over UDP. Throws `listen` where the port can't be had, `option` for a receiver whose machine is not known. */
export async function openOsc(options: OscOptions): Promise<Osc> {
  const { from, port, to, say } = options;
  const fixed = await Promise.all(to.map(({ host, port: at }) => located(host, at, '--osc-to')));
  const named = await Promise.all(from.map((host) => located(host, 0, '--osc-from')));
  const host = from.length === 0 ? '127.0.0.1' : '0.0.0.0';
  const isHeard = hearing(named.map(({ address }) => address));
  const socket = await (port === 'usual'
    ? listening(host, DEFAULT_OSC_PORT).catch(() => listening(host, 0))
    : listening(host, port));
  // what is bound to this machine alone can send to no other: a socket of its own, to which nobody listens
  const abroad = isLoopback(host) && fixed.some(({ address }) => !isLoopback(address)) ? unheard() : null;
  let isOpen = true;
  // what can't be sent is lost, as over UDP it may always be
  const send = (bytes: Uint8Array, { address, port }: Peer): boolean => {
    const way = isLoopback(address) ? socket : (abroad ?? socket);
    if (!isOpen || way.getSendQueueSize() > LIMITS.unsentBytes) return false;
    way.send(bytes, port, address, () => {});
    return true;
  };
  const room = new OscRoom({ ...options, limits: LIMITS, fixed, send, now });
  const inbox = newInbox(
    LIMITS,
    (packet) => room.read(packet),
    () => room.settle(),
  );
  socket.on('message', (bytes, { address, port }) => {
    if (bytes.length <= LIMITS.packetBytes && isHeard(address)) inbox.push({ bytes, sender: { address, port } });
  });
  room.greet();
  const at = socket.address();
  // to others an address on which only this machine is heard is no news
  const announcement = isLoopback(host) ? null : await announce(at.port, say);
  return {
    url: `osc.udp://${nameOf(at)}`,
    broadcast: (message) => room.broadcast(message),
    async close() {
      if (!isOpen) return;
      inbox.close();
      await announcement?.close();
      // what was sent last is on its way only after this turn of the loop
      await new Promise(setImmediate);
      isOpen = false;
      abroad?.close();
      await new Promise<void>((done) => socket.close(done));
    },
  };
}

async function located(host: string, port: number, option: string): Promise<Peer> {
  // of an address, whatever is wanted, it gives that
  const { address, family } = await lookup(host, { family: 4 }).catch(() => ({ address: '', family: 0 }));
  if (family === 4) return { address, port };
  throw new DaimonError('option', `No machine '${host}' is known here by IPv4: see what ${option} names.`);
}

/** A socket to send by. Its errors are those of packets, which are lost with them. */
const unheard = (): Socket => createSocket('udp4').on('error', () => {});

function listening(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = createSocket('udp4');
    // stays for later, when nobody waits any more: a packet that could not be taken ends nothing
    socket.on('error', (error: NodeJS.ErrnoException) => fail(cannotListen(host, port, error)));
    socket.bind(port, host, () => done(socket));
  });
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): DaimonError {
  const why = cause.code === 'EADDRINUSE' ? 'another program (another daimon?) listens there' : cause.message;
  return new DaimonError(
    'listen',
    `OSC cannot be heard on ${nameOf({ address: host, port })}: ${why}; choose another with --osc-port, or 0 for any that is free.`,
    { cause },
  );
}
