import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { listBundles } from '#daimon/engine/bundle.js';
import { ownBundle, placeBundle, removeBundle } from '#daimon/engine/bundle-folder.js';
import { inFolder } from '../support/program.js';

const fillWith = (text: string) => async (folder: string) => writeFileSync(join(folder, 'card.json'), text);
const textOf = (root: string) => readFileSync(join(root, 'mine', 'card.json'), 'utf8');

it('a bundle is nowhere to be seen until it is whole', () =>
  inFolder(async (root) => {
    await placeBundle(root, 'mine', false, async (folder, drafts) => {
      await fillWith('one')(folder);
      assert.equal(folder, join(drafts, 'mine'));
      assert.deepEqual(await listBundles([root]), []);
    });
    assert.deepEqual([readdirSync(root), textOf(root)], [['mine'], 'one']);
  }));

it('one that fails to be written leaves nothing, and what was there before stays', () =>
  inFolder(async (root) => {
    const fail = async (folder: string): Promise<void> => {
      await fillWith('half')(folder);
      throw new Error('the disk is full');
    };
    await assert.rejects(placeBundle(root, 'mine', false, fail), { code: 'file', message: /\(the disk is full\)/ });
    assert.deepEqual(readdirSync(root), []);
    await placeBundle(root, 'mine', false, fillWith('one'));
    await assert.rejects(placeBundle(root, 'mine', true, fail), { code: 'file' });
    assert.deepEqual([readdirSync(root), textOf(root)], [['mine'], 'one']);
  }));

it('one takes the place of another only where that is wanted', () =>
  inFolder(async (root) => {
    await placeBundle(root, 'mine', false, fillWith('one'));
    await assert.rejects(placeBundle(root, 'mine', false, fillWith('two')), { code: 'model', message: /already/ });
    assert.equal(textOf(root), 'one');
    await placeBundle(root, 'mine', true, fillWith('two'));
    assert.deepEqual([readdirSync(root), textOf(root)], [['mine'], 'two']);
  }));

it('a bundle is removed whole; of a link to elsewhere, the link', () =>
  inFolder(async (root) => {
    await placeBundle(root, 'mine', false, fillWith('one'));
    const models = join(root, 'models');
    mkdirSync(models);
    symlinkSync(join(root, 'mine'), join(models, 'linked'));
    await removeBundle(models, 'linked');
    assert.deepEqual([readdirSync(models), textOf(root)], [[], 'one']);
    await removeBundle(root, 'mine');
    assert.deepEqual(readdirSync(root), ['models']);
  }));

it('what is no bundle of this root is not removed', () =>
  inFolder(async (root) => {
    mkdirSync(join(root, 'songs'));
    for (const name of ['songs', 'none']) {
      await assert.rejects(removeBundle(root, name), { code: 'model', message: /only your own can be removed/ });
      await assert.rejects(ownBundle(root, name), { code: 'model' });
    }
    assert.ok(existsSync(join(root, 'songs')));
  }));
