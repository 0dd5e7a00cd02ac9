import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parsePreset } from '#daimon/bridge/presets/preset-file.js';
import { Program } from './support/program.js';

const page = readFileSync('docs/presets.md', 'utf8');
const keys = Array.from(page.matchAll(/^\| `([^`]+)` \|.*\|.*\|.*\|$/gm), ([, key]) => key);
const examples = Array.from(page.matchAll(/```toml\n(.*?)```/gs), ([, text]) => text);

describe('docs/presets.md', () => {
  it('is what the program says of its choices: node docs/presets.mjs > docs/presets.md', async () => {
    const { code, stdout, stderr } = await new Program(process.execPath, ['docs/presets.mjs']).ended();
    assert.equal(code, 0, stderr);
    assert.equal(page, stdout);
  });

  it('has a line for every key of a preset, in their order', () => {
    assert.throws(() => parsePreset('mine', 'qwertzuiop = 1\ntitle = "A"\ndescription = "B"', 'f'), {
      message: `The preset f is refused: "qwertzuiop" is no key here; the keys are ${keys.join(', ')}.`,
    });
  });

  it('shows examples that can be read, each of them', () => {
    assert.ok(examples.length > 4);
    const [whole, ...parts] = examples;
    assert.equal(parsePreset('hearth', whole, 'docs/presets.md').feel.swing, 58);
    for (const part of parts) {
      const { decoding } = parsePreset('mine', `title = "A"\ndescription = "B"\n${part}`, 'docs/presets.md');
      assert.ok(Object.keys(decoding).length > 0);
    }
  });
});
