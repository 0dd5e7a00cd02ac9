/**
 * The panel in a real browser: bytes over the wire, first paint, frames a second with the roll moving:
 * npm run bench -- panel. Wants Chromium: Debian's, or the one that DAIMON_CHROMIUM names.
 */
import type { Page } from 'playwright-core';
import { openBrowser } from '../test/support/browser.js';
import { daimon } from '../test/support/program.js';
import { median, printTable } from './parts/figures.js';

const VISITS = 5;
const FRAMES_MS = 3000;

const program = daimon(['start', '--clock', 'internal', '--seed', '7', '--ws-port', '0', '--osc-port', 'off']);
const [, port = ''] = await program.says(/panel +http:\/\/127\.0\.0\.1:(\d+)/);
const browser = await openBrowser();
try {
  await program.says(/bar 1:/);
  const visits: Readonly<Record<'bytes' | 'paint' | 'frames' | 'empty', number>>[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    let bytes = 0;
    page.on('response', (response) => {
      bytes += Number(response.headers()['content-length'] ?? 0);
    });
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForSelector('body:not(.away) .dial');
    const paint = Number(await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime'));
    const frames = await framesOn(page);
    // what a page without anything on it gets of this browser
    const blank = await browser.newPage();
    const empty = await framesOn(blank);
    visits.push({ bytes, paint, frames, empty });
    await Promise.all([page.close(), blank.close()]);
  }
  const of = (key: 'bytes' | 'paint' | 'frames' | 'empty', digits = 0): string =>
    median(visits.map((visit) => visit[key])).toFixed(digits);
  printTable(
    ['', `median of ${VISITS}`],
    [
      ['bytes over the wire', of('bytes')],
      ['first paint, ms', of('paint')],
      ['frames a second, the roll moving', of('frames', 1)],
      ['frames a second, an empty page', of('empty', 1)],
    ],
  );
} finally {
  await browser.close();
  await program.end('SIGTERM');
}

function framesOn(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    const start = performance.now();
    let frames = 0;
    const frame = (now) => {
      frames++;
      if (now - start < ${FRAMES_MS}) requestAnimationFrame(frame);
      else done((1000 * frames) / (now - start));
    };
    requestAnimationFrame(frame);
  })`);
}
