import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A name that leads to this machine, as the page of another site can have its own lead there. */
export const EVIL = 'evil.test';

/** The Chromium that `npm test` has found or installed; Debian's where a file of the suite is run by itself. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.DAIMON_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      `--host-resolver-rules=MAP ${EVIL} 127.0.0.1`,
      // what the browser itself keeps from this machine's ports is no merit of ours
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
    ],
  });

/** A site with one empty page, whatever it is called by. */
export async function openSite() {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    /** Its address under a name that leads to this machine. */
    at: (name: string): string => `http://${name}:${port}/`,
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What becomes of a page's WebSocket: the kind of its first message, or what the browser says in its console. */
export async function connectFrom(page: Page, url: string): Promise<string> {
  const refused = new Promise<string>((resolve) => {
    page.on('console', (message) => {
      if (message.type() === 'error' && message.text().includes(url)) resolve(message.text());
    });
  });
  const greeted: Promise<string> = page.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(url)});
    socket.onmessage = ({ data }) => {
      socket.close();
      resolve(JSON.parse(data).kind);
    };
  })`);
  // where the page is closed first, nobody asks any more
  greeted.catch(() => {});
  return Promise.race([greeted, refused]);
}
