import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { openBrowser } from '../../support/browser.js';
import { daimon, type Program } from '../../support/program.js';

type Values = Readonly<Record<string, number | string | readonly number[]>>;

interface Parameter {
  readonly path: string;
  readonly group: string;
  readonly kind: string;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly (string | number)[];
}

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

/** Pictures for the docs: as it looks now, at each size. */
async function pictured(page: Page, name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `docs/panel/${name}-${width}.png` });
  }
}

const START = ['start', '--clock', 'internal', '--seed', '7', '--osc-port', 'off', '--preset', 'ensemble'];

/** A text that each parameter of its own notation takes. */
const PATTERNS: Readonly<Record<string, string>> = { form: 'AABA', repeats: '...x', rests: 'x...', ratchets: '...2' };

describe('the panel', () => {
  let program: Program;
  let browser: Browser;
  let port = '';

  before(async () => {
    program = daimon([...START, '--ws-port', '0']);
    [, port = ''] = await program.says(/panel +http:\/\/127\.0\.0\.1:(\d+)/);
    browser = await openBrowser();
  });

  after(async () => {
    await Promise.all([browser?.close(), program?.close()]);
  });

  /** A page that shows the panel, connected. Whatever it says to its console is wrong. */
  async function onPanel<T>(test: (page: Page) => Promise<T>, [width, height] = [1440, 900]): Promise<T> {
    const page = await browser.newPage({ viewport: { width, height } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForSelector('body:not(.away) .dial');
      const result = await test(page);
      assert.deepEqual(said, []);
      return result;
    } finally {
      await page.close();
    }
  }

  /** What another client of the daemon knows and does. */
  async function elsewhere() {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    let values: Values = {};
    let parameters: readonly Parameter[] = [];
    await new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as {
          kind: string;
          values?: Values;
          parameters?: readonly Parameter[];
        };
        values = message.values ?? values;
        parameters = message.parameters ?? parameters;
        if (message.kind === 'hello') resolve();
      });
    });
    return {
      values: () => values,
      parameters,
      ask: (request: object) => socket.send(JSON.stringify(request)),
      close: () => socket.close(),
    };
  }

  const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(`not within ten seconds: ${what}`);
  };

  it('every control turns its parameter, and follows it when it is turned elsewhere', () =>
    onPanel(async (page) => {
      const other = await elsewhere();
      await page.$$eval('details', (all) => {
        for (const details of all) (details as { open?: boolean }).open = true;
      });
      const shown = other.parameters.filter(({ path }) => !path.startsWith('morph/') && path !== 'quantum');
      assert.ok(shown.length > 40);
      for (const { path, kind, min = 0, max = 0, options = [] } of shown) {
        const field = page.locator(`[data-path="${path}"]`);
        if (kind === 'choice') {
          const [first = '', last = ''] = [options[0], options.at(-1)];
          const wanted = other.values()[path] === last ? first : last;
          await field.selectOption(String(wanted));
          await until(`${path} is ${wanted}`, () => other.values()[path] === wanted);
          const back = wanted === last ? first : last;
          other.ask({ kind: 'set', values: { [path]: back } });
          await until(`${path} is shown as ${back}`, async () => (await field.inputValue()) === String(back));
        } else if (kind === 'number' || kind === 'whole') {
          const before = other.values()[path];
          await field.focus();
          await field.press(before === max ? 'ArrowLeft' : 'ArrowRight');
          await until(`${path} is turned`, () => other.values()[path] !== before);
          await field.blur();
          const middle = kind === 'whole' ? Math.round((min + max) / 2) : (min + max) / 2;
          other.ask({ kind: 'set', values: { [path]: middle } });
          const near = Math.max(1, (max - min) / 100);
          const isNear = async () => Math.abs(Number(await field.inputValue()) - middle) <= near;
          await until(`${path} is shown at ${middle}`, isNear);
        } else {
          const [text, value] = kind === 'list' ? ['1 2', [1, 2]] : [PATTERNS[path]!, PATTERNS[path]];
          await field.fill(text);
          await field.press('Enter');
          await until(`${path} is ${text}`, () => JSON.stringify(other.values()[path]) === JSON.stringify(value));
          await field.fill('?!');
          await field.press('Enter');
          await field.blur();
          await until(`${path}, refused, goes back to ${text}`, async () => (await field.inputValue()) === text);
        }
      }
      const lowest = page.locator('[data-path="lowest"]');
      other.ask({ kind: 'set', values: { lowest: 40, highest: 41 } });
      await until('lowest is shown at 40', async () => (await lowest.inputValue()) === '40');
      await lowest.press('End');
      await until('lowest, refused above highest, goes back', async () => (await lowest.inputValue()) === '40');
      other.ask({ kind: 'preset', name: 'ensemble' });
      other.close();
    }));

  it('two panels stay in step', () =>
    onPanel((one) =>
      onPanel(async (two) => {
        await one.locator('#presets button[value="cellar"]').click();
        const chosen = '#presets button[aria-pressed="true"]';
        for (const page of [one, two])
          await until(
            'both show the preset',
            async () => (await page.locator(chosen).getAttribute('value')) === 'cellar',
          );
        await two
          .locator('[data-path="swing"]')
          .evaluate((element) => element.closest('details')?.setAttribute('open', ''));
        await two.locator('[data-path="swing"]').press('End');
        await until(
          'the other one moves',
          async () => Number(await one.locator('[data-path="swing"]').inputValue()) === 75,
        );
        await one.locator('#presets button[value="ensemble"]').click();
      }),
    ));

  it('columns are held and let go by a touch, and what waits for its launch can be cancelled', () =>
    onPanel(async (page) => {
      const second = page.getByRole('button', { name: 'Hold bars 3–4' });
      await second.click();
      await until('it is held', async () => (await second.getAttribute('aria-pressed')) === 'true');
      await second.click();
      await until('it is let go', async () => (await second.getAttribute('aria-pressed')) === 'false');
      const other = await elsewhere();
      await page.locator('#quantum').selectOption('16 bars');
      // far from the next line
      other.ask({ kind: 'locate', bar: 3 });
      other.close();
      await page.locator('#presets button[value="drone"]').click();
      await page.locator('#queued:not([hidden])').getByRole('button', { name: 'Cancel' }).click();
      await page.locator('#queued[hidden]').waitFor({ state: 'attached' });
      await page.locator('#quantum').selectOption('bar');
    }));

  it('the morph pad goes between four presets, and leaves', () =>
    onPanel(async (page) => {
      const other = await elsewhere();
      const pad = page.locator('.pad');
      await pad.click({ position: { x: 60, y: 60 } });
      await until('there is a morph', () => typeof other.values()['morph/x'] === 'number');
      await page.getByRole('slider', { name: 'Morph to the right' }).press('ArrowRight');
      const before = other.values()['morph/y'];
      await page.getByRole('slider', { name: 'Morph up' }).press('ArrowUp');
      await until('it goes up', () => other.values()['morph/y'] !== before);
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await until('there is none', () => other.values()['morph/x'] === undefined);
      other.close();
    }));

  it('learning arms what is touched instead of moving it, and leaves off', () =>
    onPanel(async (page) => {
      const other = await elsewhere();
      await page.getByRole('button', { name: 'Learn' }).click();
      const before = other.values();
      const knob = page.locator('#knobs .dial').first();
      await knob.click();
      await until('it is armed', async () => (await knob.getAttribute('class'))?.includes('armed') ?? false);
      assert.deepEqual(other.values(), before);
      await pictured(page, 'learning');
      await page.getByRole('button', { name: 'Learn' }).click();
      await until('none is', async () => (await page.locator('.armed').count()) === 0);
      other.close();
    }));

  it('within a minute a newcomer hears music and changes it: play, sound, a knob, the next block', () =>
    onPanel(async (page) => {
      const play = page.locator('#play');
      const isPressed = (id: string) => async () => (await page.locator(id).getAttribute('aria-pressed')) === 'true';
      if (await isPressed('#play')()) await play.click();
      await until('it has stopped', async () => (await play.getAttribute('aria-label')) === 'Play');
      await play.click();
      await until('it plays', isPressed('#play'));
      const at = await page.locator('#position').textContent();
      await until('the song goes on', async () => (await page.locator('#position').textContent()) !== at);
      await page.locator('#sound').click();
      await until('it is heard here', isPressed('#sound'));
      const title = await page.locator('#playing').textContent();
      await page.locator('#knobs input').first().press('PageUp');
      // the keyboard does it too
      await page.keyboard.press('n');
      await until('another block plays', async () => (await page.locator('#playing').textContent()) !== title);
    }));

  it('recovers by itself: after a reload, and when the daemon ends and is started again', async () => {
    await onPanel(async (page) => {
      await page.reload();
      await page.waitForSelector('body:not(.away) .dial');
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForSelector('body:not(.away) .dial');
    await program.end('SIGTERM');
    await page.waitForSelector('body.away');
    await pictured(page, 'disconnected');
    program = daimon([...START, '--ws-port', port]);
    await page.waitForSelector('body:not(.away) .dial', { timeout: 60_000 });
    await page.close();
  });

  it('an accessibility check (axe) finds nothing, wide and narrow, with everything open', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const size of [
      [1440, 900],
      [390, 844],
    ]) {
      const page = await browser.newPage({ viewport: { width: size[0]!, height: size[1]! }, bypassCSP: true });
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForSelector('body:not(.away) .dial');
      await page.$$eval('details', (all) => {
        for (const details of all) (details as { open?: boolean }).open = true;
      });
      await page.addScriptTag({ content: axe });
      const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly {
        id: string;
        nodes: readonly { html: string }[];
      }[];
      assert.deepEqual(
        found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
        [],
      );
      await page.close();
    }
  });

  for (const [width, height] of SIZES) {
    it(`fits a screen of ${width} x ${height}: nothing is wider than it, and its picture is in the docs`, () =>
      onPanel(
        async (page) => {
          await page.waitForFunction('document.querySelector("#playing").textContent.includes("seed")');
          await page.waitForTimeout(2500);
          assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width);
          await page.screenshot({ path: `docs/panel/playing-${width}.png` });
        },
        [width, height],
      ));
  }
});
