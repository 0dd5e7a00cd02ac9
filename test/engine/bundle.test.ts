import assert from 'node:assert/strict';
import { appendFile, cp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { findBundle, listBundles, readBundle, readWeights, writeCard } from '#daimon/engine/bundle.js';
import { learnedFrom, parseCard } from '#daimon/engine/card.js';
import { cardOf, EVALUATION, SMALL, TWO_ROLES, writeRandomBundle } from './random-model.js';

let root: string;
let folder: string;
const refused = (message: RegExp) => ({ name: 'DaimonError', code: 'model', message });

beforeEach(async () => {
  root = await writeRandomBundle('small', SMALL);
  folder = join(root, 'small');
});

describe('a bundle', () => {
  it('is found by its name, with its card and its size', async () => {
    const bundle = await findBundle('small', [join(root, 'not-there'), root]);
    const { generator, prior } = await readWeights(bundle);
    assert.equal(bundle.card.title, 'Untrained');
    assert.equal(bundle.size, generator.length + prior!.length);
  });

  it('of the first folder hides one of the same name in the next', async () => {
    const other = await writeRandomBundle('small', { ...SMALL, channels: 9 });
    assert.equal((await findBundle('small', [other, root])).card.architecture.latent.channels, 9);
    assert.deepEqual(
      (await listBundles([other, root])).map((found) => found.name),
      ['small'],
    );
  });

  it('whose name is misspelt is suggested', async () => {
    await assert.rejects(findBundle('smal', [root]), refused(/There is no model "smal".*Did you mean 'small'\?$/));
    await assert.rejects(findBundle('small', []), refused(/There is no model "small"/));
  });

  it('can not be asked for outside the folder of models', async () => {
    for (const name of [
      '../small',
      'small/../small',
      '/etc',
      '.',
      '..',
      '',
      'SMALL',
      'a'.repeat(65),
      'small\0',
      'nul',
    ]) {
      await assert.rejects(findBundle(name, [root]), refused(/can't name a model/));
    }
  });

  it('may be a link to elsewhere, as when models live on another disk', async () => {
    await rename(folder, join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), folder);
    assert.equal((await findBundle('small', [root])).card.name, 'small');
  });
});

describe('a damaged bundle', () => {
  it('is told in one sentence that names the file', async () => {
    const damages: [() => Promise<void>, RegExp][] = [
      [() => rm(join(folder, 'prior.onnx')), /prior\.onnx is missing or can't be read: [^\n]+\.$/],
      [() => writeFile(join(folder, 'card.json'), '{'), /card\.json is not JSON: [^\n]+\.$/],
      [() => writeFile(join(folder, 'card.json'), '{}'), /card\.json is no model card: [^\n]+ at "format"\. [^\n]+\.$/],
      [() => writeFile(join(folder, 'card.json'), ' '.repeat(2 ** 20 + 1)), /card\.json is larger [^\n]+\.$/],
      [() => rm(join(folder, 'card.json')), /card\.json is missing or can't be read: [^\n]+\.$/],
    ];
    for (const [damage, message] of damages) {
      await damage();
      await assert.rejects(readBundle(folder), refused(message));
    }
  });

  it('is listed with its reason beside those that are sound', async () => {
    await cp(folder, join(root, 'twin'), { recursive: true });
    const [sound, damaged] = await listBundles([root]);
    assert.equal(sound.kind, 'sound');
    assert.equal(damaged.kind, 'damaged');
    assert.match(damaged.kind === 'damaged' ? damaged.reason : '', /says "small", but its folder has another name/);
  });

  it('is known by its checksum, though the file still opens', async () => {
    await appendFile(join(folder, 'generator.onnx'), '\n');
    await assert.rejects(readWeights(await readBundle(folder)), refused(/generator\.onnx is not the file its card/));
  });
});

const ADDED = {
  file: 'dcgan.onnx',
  sha256: 'b'.repeat(64),
  date: '2026-02-01',
  command: 'daimon models add dcgan.onnx',
  source: 'not stated',
  licence: 'MIT',
  changes: [],
};

describe('a card', () => {
  const card = cardOf('small', SMALL, { generator: 'a'.repeat(64) });
  const melody = { name: 'melody', voices: 1 };

  it('is written as it is read', async () => {
    await writeCard(folder, card);
    assert.deepEqual(parseCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')), 'card.json'), card);
  });

  it('may name the roles of its planes, two for each', () => {
    const band = cardOf('band', TWO_ROLES, { generator: 'a'.repeat(64) });
    assert.deepEqual(parseCard(JSON.parse(JSON.stringify(band)), 'card.json'), band);
  });

  it('may hold what an evaluation printed', async () => {
    await writeCard(folder, { ...card, evaluation: EVALUATION });
    assert.deepEqual((await readBundle(folder)).card.evaluation, EVALUATION);
  });

  it('of a model that was added says where it came from, in the place of a training', () => {
    const { training: _, ...rest } = card;
    const { width: __, ...architecture } = card.architecture;
    const added = { ...rest, added: ADDED, architecture: { ...architecture, kind: 'foreign' } };
    assert.deepEqual(parseCard(added, 'card.json'), added);
    assert.deepEqual(learnedFrom(parseCard(added, 'card.json')), { name: 'not known', licence: 'MIT' });
    assert.throws(() => parseCard(rest, 'card.json'), refused(/"training"/));
  });

  it('with a wrong field is neither written nor read, and the field is named', async () => {
    const wrong: [object, RegExp][] = [
      [{ format: 2 }, /"format"/],
      [{ name: '../up' }, /"name"/],
      [{ decoding: { threshold: 0.96 } }, /"decoding\.threshold"/],
      [{ decoding: { voices: 1.5 } }, /"decoding\.voices"/],
      [{ files: { generator: 'abc' } }, /"files\.generator"/],
      [{ architecture: { ...card.architecture, planes: 3 } }, /"architecture\.planes"/],
      [{ architecture: { ...card.architecture, planes: 4 } }, /"architecture\.planes"/],
      [{ architecture: { ...card.architecture, roles: [melody, melody] } }, /"architecture\.planes"/],
      [
        { architecture: { ...card.architecture, roles: [{ ...melody, voices: 2 }] } },
        /"architecture\.roles\.0\.voices"/,
      ],
      [
        { architecture: { ...card.architecture, roles: [{ ...melody, name: 'a\nb' }] } },
        /"architecture\.roles\.0\.name"/,
      ],
      [{ architecture: { ...card.architecture, planes: 10, roles: Array(5).fill(melody) } }, /"architecture\.planes"/],
      [{ architecture: { ...card.architecture, basePitch: 65 } }, /"architecture\.basePitch"/],
      [{ evaluation: { ...EVALUATION, rows: [{ ...EVALUATION.rows[0], model: Number.NaN }] } }, /"evaluation\.rows\.0/],
      [{ mood: 'happy' }, /mood/],
      [{ added: ADDED }, /either how it was trained, or where it was added from at "training"/],
      [{ added: { ...ADDED, sha256: 'abc' } }, /"added\.sha256"/],
    ];
    for (const [change, message] of wrong) {
      assert.throws(() => parseCard({ ...card, ...change }, 'card.json'), refused(message));
      await assert.rejects(writeCard(folder, { ...card, ...change }), refused(message));
    }
  });
});
