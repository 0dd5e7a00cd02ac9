import type { IncomingMessage } from 'node:http';

/**
 * Who may speak with the daemon: programs and pages of this machine. Listening on 127.0.0.1 keeps other machines
 * out, but not the pages of other sites in the player's own browser. Those either name their own site as Origin, or
 * (DNS rebinding) reach us under their own name as Host.
 */

const NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Null where the request is welcome, else why not. */
export function refusalOf(request: IncomingMessage, port: number): string | null {
  const { host, origin } = request.headers;
  if (host === undefined || !isOurs(host, port)) return 'The Host must be a loopback address with the right port.';
  if (origin !== undefined && !isLocalPage(origin)) return 'The Origin must be a page of this machine.';
  return null;
}

function isOurs(host: string, port: number): boolean {
  const [, name, shown] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(host) ?? [];
  return name !== undefined && NAMES.has(name.toLowerCase()) && Number(shown ?? 80) === port;
}

/** Any port, as a control page may be served by another program. An opaque origin (`null`) is nobody's. */
function isLocalPage(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === 'http:' && NAMES.has(url.hostname) && url.origin === origin.toLowerCase();
}
