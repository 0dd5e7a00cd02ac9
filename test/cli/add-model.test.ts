import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { daimon, type Ended, inFolder } from '../support/program.js';
import { foreign } from '../training/adoption/foreign.js';

/** Runs daimon with a home of its own, so that no model of the user's is touched. */
const atHome = (home: string, ...args: readonly string[]): Promise<Ended> =>
  daimon(args, { env: { ...process.env, HOME: home, XDG_DATA_HOME: home, LOCALAPPDATA: home } }).ended();

async function does(home: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await atHome(home, ...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('daimon models add', () => {
  it('makes a model of a file, named by it, that is listed, has a card, and plays', () =>
    inFolder(async (home) => {
      const [file, take] = ['My DCGAN (best).onnx', 'take.mid'].map((name) => join(home, name));
      writeFileSync(file, foreign({ end: 'Tanh' }));
      const printed = await does(
        home,
        'models',
        'add',
        '--no-knobs',
        file,
        '--licence',
        'CC0-1.0',
        '--base-pitch',
        '36',
      );
      assert.match(printed, /^my-dcgan-best is added, in \S+\.$/m);
      assert.match(printed, /^Latent +7 x 2 x 8$/m);
      assert.match(printed, /^Roll +one plane \(sounding\)$/m);
      assert.match(printed, /^Plays +[\d.]+ notes a bar, [\d.]+ at once, [\d.]+ % of the bars empty$/m);
      assert.match(printed, /^Changed +Its numbers, .* by a Tanh, are stretched to 0 to 1\.$/m);
      assert.match(printed, /daimon knobs my-dcgan-best/);

      assert.match(await does(home, 'models'), /^my-dcgan-best +my-dcgan-best +0\.0 MB +not known +CC0-1\.0$/m);
      const card = await does(home, 'models', 'my-dcgan-best');
      assert.match(card, /^Network +foreign, one plane \(sounding\)$/m);
      assert.match(card, /^Pitches +MIDI 36 to 99$/m);
      assert.match(
        card,
        /^Trained +elsewhere; how and on what is not known\. Added from My DCGAN \(best\)\.onnx on 20/m,
      );
      assert.match(card, /^Source +not stated$/m);
      assert.doesNotMatch(card, /^Figures|^Trained on/m);
      await does(home, 'render', '--model', 'my-dcgan-best', '--seed', '1', '--blocks', '1', '--out', take);
    }));

  it('adds to another folder, as the other commands look for models there', () =>
    inFolder(async (home) => {
      const [file, models] = ['g.onnx', 'models'].map((name) => join(home, name));
      writeFileSync(file, foreign());
      for (const args of [
        ['models', 'add', '--no-knobs', file, '--models-dir', models, '--name', 'one'],
        ['models', '--models-dir', models, 'add', '--no-knobs', file, '--name', 'two'],
      ]) {
        await does(home, ...args);
      }
      assert.deepEqual(readdirSync(models).sort(), ['one', 'two']);
    }));

  it('refuses in one sentence a name that is none, that is taken, or that comes with daimon', () =>
    inFolder(async (home) => {
      const file = join(home, '_.onnx');
      writeFileSync(file, foreign());
      const refused = async (message: RegExp, ...args: readonly string[]): Promise<void> => {
        const { code, stderr } = await atHome(home, 'models', 'add', '--no-knobs', file, ...args);
        assert.equal(code, 1);
        assert.match(stderr, message);
      };
      await refused(/^daimon: \S+_\.onnx gives the name "": name the model .* by --name\.\n$/);
      await refused(/^daimon: --name is "Mine": .*\n$/, '--name', 'Mine');
      await refused(/^daimon: A model "folk" comes with daimon: .* --force\.\n$/, '--name', 'folk');
      await does(home, 'models', 'add', '--no-knobs', file, '--name', 'mine');
      await refused(/^daimon: There is a model in \S+ already: replace it by --force, .*\n$/, '--name', 'mine');
      await does(home, 'models', 'add', '--no-knobs', file, '--name', 'mine', '--force');
    }));
});

describe('daimon models remove', () => {
  it('says what it would delete, deletes it when told to, and nothing that comes with daimon', () =>
    inFolder(async (home) => {
      const file = join(home, 'mine.onnx');
      writeFileSync(file, foreign());
      await does(home, 'models', 'add', '--no-knobs', file);
      const asked = await atHome(home, 'models', 'remove', 'mine');
      assert.equal(asked.code, 1);
      assert.match(asked.stderr, /^daimon: This would delete \S+mine with all that is in it: say --yes to do so\.\n$/);
      assert.match(await does(home, 'models'), /^mine /m);
      assert.match(await does(home, 'models', 'remove', 'mine', '--yes'), /^mine is gone: /);
      assert.doesNotMatch(await does(home, 'models'), /^mine /m);
      const { code, stderr } = await atHome(home, 'models', 'remove', 'folk', '--yes');
      assert.equal(code, 1);
      assert.match(stderr, /^daimon: There is no model "folk" in \S+: only your own can be removed\.\n$/);
    }));
});
