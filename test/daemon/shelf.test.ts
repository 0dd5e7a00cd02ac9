import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { putPresetAside, renamePreset } from '#daimon/bridge/presets/own-presets.js';
import { loadPresets } from '#daimon/bridge/presets/preset-folder.js';
import { savePreset } from '#daimon/bridge/presets/save-preset.js';
import { newShelf, type Shelf } from '#daimon/daemon/shelf.js';
import { PLAIN, type Preset } from '#daimon/music/preset.js';
import { shippedFolder } from '#daimon/package.js';
import { inFolder } from '../support/program.js';

const mine = (name: string, title = name): Preset => ({ ...PLAIN, name, title, description: 'Mine.' });
const refusal = (message: RegExp) => ({ name: 'DaimonError', code: 'preset', message });

/** The shipped presets, and a folder of the player's own. */
const onShelf = (test: (shelf: Shelf, folder: string, told: () => number) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const load = () => loadPresets([shippedFolder('presets'), folder]);
    let changes = 0;
    const shelf = newShelf(await load(), {
      onChanged: () => changes++,
      load,
      write: (preset) => savePreset(preset, folder),
      rename: (name, to) => renamePreset(name, to, folder),
      putAside: (name) => putPresetAside(name, folder),
    });
    await test(shelf, folder, () => changes);
  });

it('a preset of mine has another name, and its file too, with every comment; a title that was its name follows', () =>
  onShelf(async (shelf, folder, told) => {
    await shelf.save(mine('tuesday'), false);
    await writeFile(join(folder, 'noted.toml'), 'title = "Noted" # so\ndescription = "D"\n# gate was 0.4\n');
    await shelf.rename('tuesday', 'wednesday');
    assert.equal(shelf.find('wednesday').title, 'wednesday');
    assert.throws(() => shelf.find('tuesday'), refusal(/There is no preset 'tuesday'/));
    await shelf.rename('noted', 'kept');
    assert.equal(shelf.find('kept').title, 'Noted');
    assert.match(await readFile(join(folder, 'kept.toml'), 'utf8'), /# gate was 0\.4/);
    assert.deepEqual((await readdir(folder)).sort(), ['kept.toml', 'wednesday.toml']);
    assert.equal(told(), 3);
  }));

it('no preset is ever lost to a name: one that another has is refused, in memory or on the disk', () =>
  onShelf(async (shelf, folder, told) => {
    await shelf.save(mine('a', 'A'), false);
    await shelf.save(mine('b', 'B'), false);
    await assert.rejects(shelf.rename('a', 'b'), refusal(/There is a preset 'b' already/));
    await assert.rejects(shelf.rename('a', 'plain'), refusal(/There is a preset 'plain' already/));
    await writeFile(join(folder, 'c.toml'), 'not even a preset');
    await assert.rejects(shelf.rename('a', 'c'), refusal(/There is a preset 'c' already/));
    await assert.rejects(shelf.rename('a', '../a'), refusal(/can't name a preset/));
    assert.equal(await readFile(join(folder, 'c.toml'), 'utf8'), 'not even a preset');
    assert.deepEqual([shelf.find('a').title, shelf.find('b').title, told()], ['A', 'B', 2]);
    const both = await Promise.allSettled([shelf.rename('a', 'd'), shelf.rename('b', 'd')]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.deepEqual([shelf.find('d').title, shelf.find('b').title], ['A', 'B']);
  }));

it('a deleted preset is put aside, beside others of its name; moved back it is there again', () =>
  onShelf(async (shelf, folder) => {
    for (const title of ['First', 'Second']) {
      await shelf.save(mine('a', title), false);
      await shelf.remove('a');
      assert.throws(() => shelf.find('a'), refusal(/There is no preset 'a'/));
    }
    const aside = join(folder, 'deleted');
    assert.deepEqual((await readdir(aside)).sort(), ['a-2.toml', 'a.toml']);
    const { presets } = await loadPresets([aside]);
    assert.deepEqual(
      presets.map(({ title }) => title),
      ['First', 'Second'],
    );
    assert.deepEqual((await loadPresets([shippedFolder('presets'), folder])).broken, []);
  }));

it('what comes with daimon stays; one that stood in for it lets it be heard again', () =>
  onShelf(async (shelf) => {
    const shipped = shelf.find('hearth');
    for (const act of [() => shelf.remove('hearth'), () => shelf.rename('hearth', 'mine')])
      await assert.rejects(act(), refusal(/'hearth' comes with daimon, and stays/));
    await assert.rejects(shelf.remove('no-such'), refusal(/There is no preset/));
    await shelf.save(mine('hearth', 'My own'), true);
    assert.equal(shelf.find('hearth').title, 'My own');
    await shelf.remove('hearth');
    assert.deepEqual(shelf.find('hearth'), shipped);
  }));
