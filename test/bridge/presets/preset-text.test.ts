import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { parsePreset } from '#daimon/bridge/presets/preset-file.js';
import { loadPresets } from '#daimon/bridge/presets/preset-folder.js';
import { presetText } from '#daimon/bridge/presets/preset-text.js';
import { savePreset } from '#daimon/bridge/presets/save-preset.js';
import type { Preset } from '#daimon/music/preset.js';
import { PLAIN } from '#daimon/music/preset.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { cellsOf } from '#daimon/music/sketch.js';
import { shippedFolder } from '#daimon/package.js';

const mine: Preset = { ...PLAIN, name: 'mine', title: 'Mine', description: 'A "quoted" # one.' };

it('every shipped preset reads back from its text as it was', async () => {
  const { presets } = await loadPresets([shippedFolder('presets')]);
  assert.ok(presets.length > 10);
  for (const preset of presets) assert.deepEqual(parsePreset(preset.name, presetText(preset), 'f'), preset);
});

it('seed, knobs, form, masks and the columns that are held read back to the last bit', () => {
  for (let trial = 0; trial < 30; trial++) {
    const random = randomFrom(seed(trial));
    const values = Float32Array.from({ length: 16 * 3 }, () => random.normal());
    const columns = [1, 2, 3, 4, 5, 6, 7, 8].filter(() => random.below(2) === 1);
    const row = (['low', 'high', 'both'] as const)[random.below(3)];
    const preset: Preset = {
      ...mine,
      seed: seed(random.below(2 ** 32)),
      form: 'ABAC',
      knobs: { density: random.uniform() * 2 - 1, register: 0 },
      decoding: { gate: 0.3, scale: [0, 2, 7], rests: 'x...', key: 'D minor' },
      theme: {
        latent: { shape: { channels: 3, rows: 2, columns: 8 }, values },
        cells: cellsOf(columns, row),
        amount: random.uniform(),
      },
    };
    assert.deepEqual(parsePreset('mine', presetText(preset), 'f'), preset);
  }
});

it('a saved preset is a file of its name, whole, and one that can name no file is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daimon-save-'));
  try {
    const path = await savePreset(mine, join(folder, 'presets'));
    assert.equal(await readFile(path, 'utf8'), presetText(mine));
    for (const name of ['../mine', 'Mine', '', 'con/x', 'con', 'com1', 'a'.repeat(65)]) {
      await assert.rejects(savePreset({ ...mine, name }, folder), { code: 'preset' });
    }
    await assert.rejects(savePreset(mine, join(path, 'under-a-file')), { code: 'file' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
