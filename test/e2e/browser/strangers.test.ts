import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { connectFrom, EVIL, openBrowser, openSite } from '../../support/browser.js';
import { OTHER_ADDRESS } from '../../support/other-address.js';
import { daimon, type Program } from '../../support/program.js';

describe('in a browser', () => {
  let program: Program;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof openSite>>;
  let port = '';
  let token = '';

  before(async () => {
    const osc = ['--osc-port', 'off'];
    program = daimon(['start', '--clock', 'internal', '--ws-port', '0', '--host', OTHER_ADDRESS, ...osc]);
    [, port = '', token = ''] = await program.says(/devices +http:\/\/[\d.]+:(\d+)\/#token=(\S+)/);
    [browser, site] = await Promise.all([openBrowser(), openSite()]);
  });

  after(async () => {
    await Promise.all([browser?.close(), program?.close(), site?.close()]);
  });

  /** Gives a test a page at an address, which is closed afterwards. */
  async function on<T>(address: string, test: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage();
    try {
      await page.goto(address);
      return await test(page);
    } finally {
      await page.close();
    }
  }

  const refused = (status: number): RegExp => new RegExp(`Unexpected response code: ${status}`);

  it('a page of this machine is greeted', async () => {
    for (const name of ['localhost', '127.0.0.1'])
      await on(site.at(name), async (page) => {
        for (const to of ['localhost', '127.0.0.1'])
          assert.equal(await connectFrom(page, `ws://${to}:${port}/`), 'hello', `${name} to ${to}`);
      });
  });

  it('a page of another site reaches the daimon by no address, not even with the token', () =>
    on(site.at(EVIL), async (page) => {
      for (const to of [`127.0.0.1:${port}/`, `localhost:${port}/`, `${OTHER_ADDRESS}:${port}/?token=${token}`])
        assert.match(await connectFrom(page, `ws://${to}`), refused(403), to);
    }));

  it('a page whose own name was bent to this machine (DNS rebinding) reaches neither daimon nor panel', async () => {
    const address = `http://${EVIL}:${port}/`;
    const context = await browser.newContext();
    try {
      // the page itself came while the name still led to its own server
      await context.route(`${address}attack`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      );
      const page = await context.newPage();
      await page.goto(`${address}attack`);
      assert.match(await connectFrom(page, `ws://${EVIL}:${port}/`), refused(403));
      assert.equal(await page.evaluate('fetch("/").then(({ status }) => status)'), 403);
    } finally {
      await context.close();
    }
  });

  it('a page without an origin of its own, as in a sandboxed frame, is refused', () =>
    on(site.at('localhost'), async (page) => {
      const url = `ws://127.0.0.1:${port}/`;
      const said = page.waitForEvent('console', (message) => message.text().includes(url));
      await page.setContent(
        `<iframe sandbox="allow-scripts" srcdoc="<script>new WebSocket('${url}')</script>"></iframe>`,
      );
      assert.match((await said).text(), refused(403));
    }));

  it('the page of the panel greets another device by its link, and turns it away without the token or by another', async () => {
    const own = `http://${OTHER_ADDRESS}:${port}/`;
    await on(`${own}#token=${token}`, async (page) => {
      await page.waitForFunction('!document.body.classList.contains("away")');
    });
    for (const link of [own, `${own}#token=${token.slice(0, -1)}`])
      await on(link, async (page) => {
        const { text } = await page
          .waitForEvent('console', (message) => message.type() === 'error')
          .then((message) => ({
            text: message.text(),
          }));
        assert.match(text, /HTTP Authentication failed/, link);
        assert.equal(await page.evaluate('document.body.classList.contains("away")'), true);
      });
  });
});
