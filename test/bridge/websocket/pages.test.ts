import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import { closeAll, serve } from '../../support/control.js';

/** The server as a browser addresses it, under any name. */
async function browse() {
  const { url } = await serve();
  const { port } = new URL(url);
  const get = (path: string, host = `127.0.0.1:${port}`, method = 'GET') =>
    new Promise<{ status: number; headers: Readonly<Record<string, unknown>> }>((resolve, reject) => {
      const asked = request({ port, path, method, headers: { host } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      });
      asked.on('error', reject);
      asked.end();
    });
  return { get, base: url.replace('ws:', 'http:') };
}

describe('the pages of the panel', () => {
  afterEach(closeAll);

  it('are served with all that they ask for, and take less than 60 kB over the wire', async () => {
    const { get } = await browse();
    const index = readFileSync('panel/index.html', 'utf8');
    const wanted = Array.from(index.matchAll(/(?:src|href)="([^"]+)"/g), ([, path]) => path);
    for (const path of wanted.filter((name) => name.endsWith('.js'))) {
      for (const file of modulesFrom(path)) if (!wanted.includes(file)) wanted.push(file);
    }
    assert.ok(wanted.length > 10);
    let bytes = 0;
    for (const path of ['/', ...wanted]) {
      const { status, headers } = await get(path);
      assert.equal(status, 200, path);
      bytes += Number(headers['content-length']);
    }
    assert.ok(bytes < 60_000, `${bytes} bytes`);
  });

  it('may load nothing from elsewhere, and stand in nobody else’s page', async () => {
    const { get } = await browse();
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'$/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('are all there is: no other file, by whatever path, and nothing to write', async () => {
    const { get } = await browse();
    for (const path of [
      '/package.json',
      '/panel/../package.json',
      '/../package.json',
      '/panel/main.ts',
      '/tsconfig.json',
      '/%2e%2e/x',
      '//etc/passwd',
    ]) {
      assert.equal((await get(path)).status, 404, path);
    }
    assert.equal((await get('/', undefined, 'POST')).status, 405);
  });

  it('are not for a name that is not ours: a page elsewhere may have bent its own name here', async () => {
    const { get } = await browse();
    assert.equal((await get('/', 'evil.test')).status, 403);
  });

  it('say to who asks for something else where the panel is', async () => {
    const { base } = await browse();
    assert.match(await (await fetch(`${base}/nothing`)).text(), /the panel is at \//);
  });
});

/** The modules that one of the panel's loads, and those that they load, by path. */
function modulesFrom(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(`dist${path}`, 'utf8');
  for (const [, name] of text.matchAll(/from '\.\/([a-z-]+\.js)'/g)) modulesFrom(`/panel/${name}`, seen);
  return seen;
}
