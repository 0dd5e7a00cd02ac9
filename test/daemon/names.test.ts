import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { savePreset } from '#daimon/bridge/presets/save-preset.js';
import { obeyRequest } from '#daimon/daemon/requests.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { findBundle } from '#daimon/engine/bundle.js';
import { DaimonError } from '#daimon/errors.js';
import { inFolder } from '../support/program.js';
import { preset } from '../transport/stage.js';
import { Bench, engine, info } from './bench.js';
import { requestStage } from './request-stage.js';

/** Ways out of a folder, and what some system takes for more than a name. */
const EVIL = [
  '..',
  '.',
  '../outside',
  '../presets/plain',
  'a/../../outside',
  '/etc/passwd',
  '/tmp/outside',
  '..\\outside',
  'C:\\outside',
  'C:outside',
  '\\\\host\\share',
  'plain\0',
  '\0',
  'plain.toml',
  'plain:stream',
  'plain ',
  'con',
  'nul',
  'aux',
  'prn',
  'com1',
  'lpt9',
  'NUL',
  '%2e%2e%2foutside',
  '~',
  '-rf',
  '__proto__',
  'ｐlain',
];

const requestsWith = (name: string): readonly PlayerRequest[] => [
  { kind: 'preset', name },
  { kind: 'save', name },
  { kind: 'save', name, replace: true },
  { kind: 'model', name },
  { kind: 'morph', to: name },
  { kind: 'glide', to: name, bars: 4 },
  { kind: 'pad', right: name, up: preset.name, far: preset.name, x: 0, y: 0 },
  { kind: 'pad', right: preset.name, up: name, far: preset.name, x: 0, y: 0 },
  { kind: 'pad', right: preset.name, up: preset.name, far: name, x: 0, y: 0 },
];

it('no name that a client sends leads out of the folders of presets and models, whatever is asked by it', () =>
  inFolder(async (folder) => {
    const [presets, models] = [join(folder, 'presets'), join(folder, 'models')];
    for (const each of [presets, models]) mkdirSync(each);
    const bench = new Bench('internal');
    await bench.player.ready();
    const stage = requestStage(bench, {
      shelf: newShelf(
        { presets: [preset], own: new Set() },
        { onChanged: () => {}, write: (saved) => savePreset(saved, presets) },
      ),
      engines: {
        info,
        chosen: { ...engine, locate: () => Promise.reject(new Error('not asked for')) },
        choose: async (name: string) => void (await findBundle(name, [models])),
      },
    });
    for (const request of EVIL.flatMap(requestsWith)) {
      const why = await (async () => obeyRequest(request, stage))().then(
        () => null,
        (error: unknown) => error,
      );
      assert.ok(why instanceof DaimonError && (why.code === 'preset' || why.code === 'model'), JSON.stringify(request));
    }
    assert.deepEqual(readdirSync(folder, { recursive: true }).sort(), ['models', 'presets']);
  }));
