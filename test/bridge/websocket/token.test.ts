import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { isToken, keptToken, newToken } from '#daimon/bridge/websocket/token.js';
import { inFolder } from '../../support/program.js';

it('a token has 128 bits, no two are the same, and a link carries it as it is', () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  assert.equal(new Set(tokens).size, tokens.length);
  for (const token of tokens) {
    assert.equal(Buffer.from(token, 'base64url').length, 16);
    assert.equal(encodeURIComponent(token), token);
  }
});

it('only the token itself is the token: nothing shorter, longer or nearly so', () => {
  const token = newToken();
  assert.ok(isToken(token, token));
  for (const other of ['', token.slice(1), token.slice(0, -1), `${token}A`, token.toUpperCase() + 1, newToken()])
    assert.ok(!isToken(other, token), other);
});

it('a kept token is made once, for its owner alone, and is the same from then on', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'token');
    const token = await keptToken(file);
    assert.equal(readFileSync(file, 'utf8'), `${token}\n`);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(await keptToken(file), token);
  }));

it('a kept token that others may read, that is none, or that can not be kept is refused, and why', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'token');
    for (const text of ['', 'short', 'x'.repeat(500), `${newToken()} and more`]) {
      writeFileSync(file, text, { mode: 0o600 });
      await assert.rejects(keptToken(file), { code: 'file', message: /holds no token/ });
    }
    if (process.platform !== 'win32') {
      writeFileSync(file, newToken());
      chmodSync(file, 0o640);
      await assert.rejects(keptToken(file), { code: 'file', message: /read by others.*chmod 600/ });
    }
    await assert.rejects(keptToken(join(folder, 'none', 'token')), { code: 'file', message: /--token-file/ });
  }));
