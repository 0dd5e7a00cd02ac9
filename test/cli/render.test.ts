import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { TICKS_PER_BLOCK } from '#daimon/music/units.js';
import { SMALL, writeRandomBundle } from '../engine/random-model.js';
import { daimon, inFolder, runDaimon } from '../support/program.js';
import { notesOf, readSmf, textsOf } from '../support/smf.js';

describe('daimon render', () => {
  let models = '';
  before(async () => {
    models = await writeRandomBundle(DEFAULT_MODEL, SMALL);
  });

  const render = (...args: string[]) => runDaimon('render', '--models-dir', models, ...args);

  it('gives the same bytes for the same seed, and others for another', () =>
    inFolder(async (folder) => {
      const file = async (name: string, seed: string): Promise<Buffer> => {
        const out = join(folder, name);
        assert.equal((await render('--seed', seed, '--blocks', '2', '--out', out)).code, 0);
        return readFileSync(out);
      };
      const first = await file('a.mid', '7');
      assert.deepEqual(await file('b.mid', '7'), first);
      assert.notDeepEqual(await file('c.mid', '8'), first);
    }));

  it('turns what --set says, and refuses what no preset says', () =>
    inFolder(async (folder) => {
      const out = join(folder, 'take.mid');
      const first = async (...set: string[]): Promise<number> => {
        assert.equal((await render('--seed', '7', '--blocks', '1', '--out', out, ...set)).code, 0);
        return notesOf(readSmf(readFileSync(out)))[0].pitch;
      };
      const plain = await first();
      assert.equal(await first('--set', 'transpose=5', '--set', 'gate=0.5'), plain + 5);
      const refused = await render('--out', out, '--set', 'tempo=90');
      assert.deepEqual([refused.code, refused.stderr], [1, 'daimon: tempo is nothing that a preset says.\n']);
      assert.match(
        (await render('--out', out, '--set', 'swing=99')).stderr,
        /swing is 99; it must be a number from 50/,
      );
    }));

  it('writes as many bars as asked for, each note ended, each block marked with its preset and seed', () =>
    inFolder(async (folder) => {
      const out = join(folder, 'take.mid');
      const { stdout } = await render('--seed', '7', '--blocks', '3', '--preset', 'music-box', '--out', out);
      const smf = readSmf(readFileSync(out));
      const notes = notesOf(smf);
      assert.match(stdout, new RegExp(`48 bars, ${notes.length} notes`));
      assert.equal(smf.tracks[0].at(-1)?.tick, 3 * TICKS_PER_BLOCK);
      const markers = textsOf(smf, 0x06).map(({ text }) => text);
      assert.equal(markers.length, 3);
      assert.equal(markers[0], 'music-box, seed 7');
    }));

  it('refuses a file that cannot be written, in a sentence', async () => {
    const { code, stderr } = await render('--out', join('no', 'such', 'folder.mid'));
    assert.equal(code, 1);
    assert.match(stderr, /^daimon: .*folder\.mid/);
  });

  it('says why a preset of the player is none', () =>
    inFolder(async (home) => {
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home };
      const { folder } = JSON.parse((await daimon(['presets', '--json'], { env }).ended()).stdout);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'mine.toml'), 'title = 3 [');
      const args = ['render', '--models-dir', models, '--preset', 'mine', '--out', join(home, 'x.mid')];
      const { code, stderr } = await daimon(args, { env }).ended();
      assert.equal(code, 1);
      assert.match(stderr, /mine\.toml is refused: it is no TOML at line 1/);
    }));
});
