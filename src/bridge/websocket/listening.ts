import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { DaimonError } from '../../errors.js';

const LOOPBACK = '127.0.0.1';

/** A socket that listens at one of these hears every address of its kind. */
const ALL: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

/** Where to listen so that this machine is heard, and what comes to a host (null: nothing else). */
export function addressesFor(host: string | null): readonly string[] {
  if (host === null || host === LOOPBACK || host === 'localhost') return [LOOPBACK];
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  return ALL.has(host) ? [plain] : [LOOPBACK, plain];
}

/** The hosts by which other devices can reach what listens there; none where it is this machine alone that can. */
export function hostsBeyond(host: string): readonly string[] {
  const [only, other = only] = addressesFor(host);
  if (!ALL.has(host)) return other === LOOPBACK || other === '::1' ? [] : [inUrl(other)];
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family, scopeid }) => !internal && (family === 'IPv4' || (only === '::' && scopeid === 0)))
    .map(({ address }) => inUrl(address));
}

const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** Throws DaimonError `listen`. */
export function listenAt(http: Server, port: number, address: string): Promise<void> {
  return new Promise((done, fail) => {
    // stays for later, when nobody waits any more: a connection that could not be accepted ends nothing
    http.on('error', (error: NodeJS.ErrnoException) => fail(cannotListen(port, address, error)));
    http.listen(port, address, () => done());
  });
}

function cannotListen(port: number, address: string, cause: NodeJS.ErrnoException): DaimonError {
  const where = `The WebSocket cannot listen on ${inUrl(address)}:${port}`;
  const isNoPort = address === LOOPBACK || cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
  const why = cause.code === 'EADDRINUSE' ? 'another program (another daimon?) listens there' : cause.message;
  const advice = isNoPort
    ? 'choose another with --ws-port, or 0 for any that is free'
    : `--host must be an address of this machine (${hostsBeyond('0.0.0.0').join(', ') || 'it has none'}) or 0.0.0.0`;
  return new DaimonError('listen', `${where}: ${why}; ${advice}.`, { cause });
}
