import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bindingKeys } from '#daimon/bridge/midi/surface/binding-keys.js';
import { parseMap } from '#daimon/bridge/midi/surface/map-file.js';
import { Program } from './support/program.js';

const page = readFileSync('docs/controllers.md', 'utf8');

describe('docs/controllers.md', () => {
  it('is what the maps say: node docs/controllers.mjs > docs/controllers.md', async () => {
    const { code, stdout, stderr } = await new Program(process.execPath, ['docs/controllers.mjs']).ended();
    assert.equal(code, 0, stderr);
    assert.equal(page, stdout);
  });

  it('shows a map that can be read, and tells of every key that a binding may have', () => {
    const [[, text]] = page.matchAll(/```toml\n(.*?)```/gs);
    assert.equal(parseMap('mine', text!, 'docs/controllers.md').bindings.length, 14);
    for (const key of Object.keys(bindingKeys.def.innerType.shape)) assert.ok(page.includes(`\`${key}\``), key);
  });
});
