import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { ERROR_CODES } from '#daimon/errors.js';

it('docs/errors.md has a line for every error code, in their order, with the same meaning', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([^`]+)` \| (.*?) \| \S.* \|$/gm);
  assert.deepEqual(
    Array.from(rows, ([, code, meaning]) => [code, meaning]),
    Object.entries(ERROR_CODES),
  );
});
