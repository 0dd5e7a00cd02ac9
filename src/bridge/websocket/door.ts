import type { IncomingMessage } from 'node:http';
import type { Millis } from '../../music/units.js';
import type { Attempts } from './attempts.js';
import { isToken } from './token.js';

/**
 * Who may speak with the daemon: programs and pages of this machine, and whoever knows the token where others are let
 * in. Listening on 127.0.0.1 keeps other machines out, but not the pages of other sites in the player's own browser.
 * Those either name their own site as Origin, or (DNS rebinding) reach us under their own name as Host.
 */

/** Beyond this machine. */
export interface Beyond {
  /** An address of this machine to listen at, or a name of one; 0.0.0.0 or :: for all. */
  readonly host: string;
  /** What must be known by who comes from there. */
  readonly token: string;
}

export interface Door {
  readonly port: number;
  /** Null where nobody but this machine is let in. */
  readonly beyond: Beyond | null;
  readonly attempts: Attempts;
}

export interface Refusal {
  readonly status: '401 Unauthorized' | '403 Forbidden' | '429 Too Many Requests';
  readonly why: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const NO_HOST: Refusal = { status: '403 Forbidden', why: 'The Host must be an address of this machine with its port.' };
const NO_PAGE: Refusal = { status: '403 Forbidden', why: 'The Origin must be a page of this machine, or our own.' };
const NO_TOKEN: Refusal = {
  status: '401 Unauthorized',
  why: 'The token is missing or wrong: use the link that daimon printed when it started.',
};
const TOO_OFTEN: Refusal = {
  status: '429 Too Many Requests',
  why: 'Too many wrong tokens came from this address: wait some seconds.',
};

/** Null where a WebSocket is welcome, else why not. */
export function refusalOf(request: IncomingMessage, door: Door, now: Millis): Refusal | null {
  const refusal = refusalOfPage(request, door);
  if (refusal !== null) return refusal;
  // nothing but this machine itself reaches its loopback addresses
  if (LOOPBACK.has(addressOf(request.socket.localAddress))) return null;
  return refusalOfToken(request, door, now);
}

/** Null where a page of ours may be read, which holds nothing secret: from everywhere, but by our own name. */
export function refusalOfPage(request: IncomingMessage, door: Door): Refusal | null {
  const { origin } = request.headers;
  if (!isAddressed(request, door)) return NO_HOST;
  return origin === undefined || isLocalPage(origin) || isOwnPage(origin, request) ? null : NO_PAGE;
}

/** Whether the request names us by an address of ours, and not by a name that somebody has pointed at it. */
function isAddressed({ headers, socket }: IncomingMessage, { port, beyond }: Door): boolean {
  const [, name, shown] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(headers.host?.toLowerCase() ?? '') ?? [];
  if (name === undefined || Number(shown ?? 80) !== port) return false;
  return LOOPBACK.has(name) || name === addressOf(socket.localAddress) || name === beyond?.host.toLowerCase();
}

function refusalOfToken(request: IncomingMessage, { beyond, attempts }: Door, now: Millis): Refusal | null {
  const from = addressOf(request.socket.remoteAddress);
  if (!attempts.mayTry(from, now)) return TOO_OFTEN;
  const given = new URLSearchParams(/\?(.*)$/.exec(request.url ?? '')?.[1]).get('token') ?? '';
  if (beyond !== null && isToken(given, beyond.token)) return null;
  attempts.failed(from, now);
  return NO_TOKEN;
}

/** As it stands in a URL: without the zone, and IPv4 as such also where it came through a socket of IPv6. */
function addressOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}

/** Any port, as a control page may be served by another program. An opaque origin (`null`) is nobody's. */
function isLocalPage(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) && url.origin === origin.toLowerCase();
}

/** Served from where the request goes, which is ours. */
const isOwnPage = (origin: string, { headers }: IncomingMessage): boolean => origin === `http://${headers.host}`;
