import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { parsePreset } from '#daimon/bridge/presets/preset-file.js';
import { DECODING_RANGES } from '#daimon/music/decoding.js';
import { FEEL_RANGES } from '#daimon/music/feel.js';

const page = readFileSync('docs/presets.md', 'utf8');
const rows = Array.from(
  page.matchAll(/^\| `([^`]+)` \| (.*?) \| \S.* \|$/gm),
  ([, key, range]) => [key, range] as const,
);

it('docs/presets.md has a line for every key of a preset, in their order', () => {
  const keys = rows.map(([key]) => key).join(', ');
  assert.throws(() => parsePreset('mine', 'qwertzuiop = 1\ntitle = "A"\ndescription = "B"', 'f'), {
    message: `The preset f is refused: "qwertzuiop" is no key here; the keys are ${keys}.`,
  });
});

it('docs/presets.md says the range of every knob', () => {
  const ranges = new Map(rows);
  for (const [key, { min, max }] of Object.entries({ ...FEEL_RANGES, ...DECODING_RANGES })) {
    assert.equal(ranges.get(key), `${min} to ${max}`, key);
  }
});

it('the preset shown in docs/presets.md can be read', () => {
  const [, text] = page.match(/```toml\n(.*?)```/s) ?? assert.fail('there is none');
  assert.equal(parsePreset('hearth', text, 'docs/presets.md').feel.swing, 58);
});
