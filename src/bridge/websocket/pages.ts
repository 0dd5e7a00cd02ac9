import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { shippedFolder } from '../../package.js';

/** The panel's page and code, as they are served: small, and all in memory, so that nothing else can be asked for. */
export type Pages = ReadonlyMap<string, Page>;

interface Page {
  readonly type: string;
  readonly zipped: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Folders of the package, and the paths under which their files are served. */
const FOLDERS = [
  ['panel', '/'],
  ['dist/panel', '/panel/'],
] as const;

export function loadPages(): Pages {
  const pages = new Map<string, Page>();
  for (const [folder, path] of FOLDERS) {
    for (const name of readdirSync(shippedFolder(folder))) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      pages.set(path + name, { type, zipped: gzipSync(readFileSync(join(shippedFolder(folder), name))) });
    }
  }
  const index = pages.get('/index.html');
  if (index !== undefined) pages.set('/', index);
  return pages;
}

/** Nothing from anywhere but here, and no page around ours. Some browsers count a WebSocket of the same host as another place. */
const policy = (host: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Answers a browser. `host` is as it was asked for, and has been checked. */
export function servePage(pages: Pages, request: IncomingMessage, response: ServerResponse, host: string): void {
  const [path] = (request.url ?? '/').split('?');
  const page = pages.get(path);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (page === undefined || !isRead) {
    response.writeHead(isRead ? 404 : 405, { 'Content-Type': 'text/plain' });
    response.end('There is no such page; the panel is at /, and docs/protocol.md tells of the WebSocket.\n');
    return;
  }
  response.writeHead(200, {
    'Content-Type': page.type,
    'Content-Encoding': 'gzip',
    'Content-Length': page.zipped.length,
    'Content-Security-Policy': policy(host),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : page.zipped);
}
