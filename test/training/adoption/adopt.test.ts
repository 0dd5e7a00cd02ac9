import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { tfjsBackend } from '#daimon/engine/backends/tfjs/tfjs.js';
import { listBundles, readWeights } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { plainDraw } from '#daimon/engine/engine.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { type Adopted, adopt, type Foundling } from '#daimon/training/adoption/adopt.js';
import { inFolder } from '../../support/program.js';
import { type Foreign, foreign, withMetadata } from './foreign.js';

const about: Omit<Foundling, 'file'> = {
  name: 'dcgan',
  title: 'The original',
  basePitch: 36,
  roles: null,
  source: 'a test',
  licence: 'CC0-1.0',
  command: 'daimon models add dcgan.onnx',
};

/** Adds a generator to an empty folder of models, and gives that folder to a test. */
const adding = (
  onnx: Uint8Array,
  test: (adopted: Adopted, models: string) => Promise<void> | void,
  change: Partial<Foundling> = {},
): Promise<void> =>
  inFolder(async (folder) => {
    const file = join(folder, 'dcgan.onnx');
    writeFileSync(file, onnx);
    const models = join(folder, 'models');
    await test(await adopt({ ...about, file, ...change }, models, false), models);
  });

/** Says why a generator is not added, and leaves no trace. */
const refusal = (onnx: Uint8Array, message: RegExp, change: Partial<Foundling> = {}): Promise<void> =>
  inFolder(async (folder) => {
    const file = join(folder, 'dcgan.onnx');
    writeFileSync(file, onnx);
    const adopting = adopt({ ...about, file, ...change }, join(folder, 'models'), false);
    await assert.rejects(adopting, { name: 'DaimonError', code: 'model', message });
    assert.deepEqual(readdirSync(folder), ['dcgan.onnx']);
  });

async function drawn(models: string) {
  const drawer = await Drawer.open({ model: 'dcgan', roots: [models], backend: 'onnx', provider: null });
  const latent = noiseFrom(seed(1), drawer.info.latentShape);
  const { decoding } = drawer.info;
  const one = await drawer.draw(plainDraw(seed(1), decoding, { kind: 'given', latent }));
  await drawer.close();
  return one;
}

describe("the original's generator, a DCGAN of one plane with BatchNorm and a Sigmoid,", () => {
  it('becomes a bundle that plays, of the very same file', () =>
    adding(withMetadata(foreign()), async ({ bundle }, models) => {
      const { card } = bundle;
      assert.deepEqual(card.architecture, {
        kind: 'foreign',
        latent: { channels: 7, rows: 2, columns: 8 },
        planes: 1,
        basePitch: 36,
      });
      assert.deepEqual((await readWeights(bundle)).generator, Buffer.from(withMetadata(foreign())));
      assert.deepEqual(card.added?.changes, []);
      const { roll, block } = await drawn(models);
      assert.equal(roll.roles[0].onset, null);
      assert.ok(block.notes.length > 0);
    }));

  it('says on its card where it came from, and that nobody knows how it was trained', () =>
    adding(foreign(), ({ bundle: { card } }) => {
      assert.equal(card.training, undefined);
      assert.deepEqual(card.figures, {});
      const { file, source, licence, command } = card.added ?? assert.fail();
      assert.deepEqual([file, source, licence, command], ['dcgan.onnx', 'a test', 'CC0-1.0', about.command]);
    }));

  it('draws the same on TensorFlow.js as on onnxruntime, changed or not', async () => {
    await tf.setBackend('cpu');
    for (const end of ['Sigmoid', 'Tanh', null] as const) {
      await adding(foreign({ end }), async ({ bundle }, models) => {
        const network = await tfjsBackend(tf, '').load((await readWeights(bundle)).generator);
        const data = noiseFrom(seed(1), { channels: 7, rows: 2, columns: 8 }).values;
        const there = await network.run({ data, shape: [1, 7, 2, 8] });
        await network.close();
        const { sounding } = (await drawn(models)).roll.roles[0];
        for (const [i, p] of sounding.entries()) assert.ok(Math.abs(p - there.data[i]) < 1e-4);
      });
    }
  });
});

describe('a generator whose numbers are no probabilities', () => {
  const same = async (of: Foreign, meant: (value: number) => number, change: RegExp): Promise<void> => {
    const raw = foreign(of);
    await adding(raw, async ({ bundle: { card } }, models) => {
      assert.match(card.added?.changes.join() ?? '', change);
      const { sounding } = (await drawn(models)).roll.roles[0];
      assert.ok(sounding.every((p) => p >= 0 && p <= 1));
      const { openOnnx } = await import('#daimon/engine/backends/onnx.js');
      const network = await (await openOnnx(null)).load(raw);
      const data = noiseFrom(seed(1), { channels: 7, rows: 2, columns: 8 }).values;
      const plain = await network.run({ data, shape: of.flat ? [1, 112] : [1, 7, 2, 8] });
      await network.close();
      for (const [i, p] of sounding.entries()) assert.ok(Math.abs(p - meant(plain.data[i])) < 1e-6);
    });
  };

  it('after a Tanh has them stretched', () => same({ end: 'Tanh' }, (x) => (x + 1) / 2, /by a Tanh, are stretched/));

  it('but logits is given a Sigmoid', () => same({ end: null }, (x) => 1 / (1 + Math.exp(-x)), /taken for logits/));

  it('nor logits is refused', () =>
    refusal(foreign({ end: 'Relu', bias: 2 }), /gives numbers from 0 to [\d.]+: export it so that/));

  it('and that takes one row of numbers is changed at both ends', () =>
    same({ end: null, flat: true }, (x) => 1 / (1 + Math.exp(-x)), /112 numbers is taken as 7 x 2 x 8.*logits/));
});

describe('what a generator draws', () => {
  it('is read by another threshold where the usual one makes no music of it, and the card says so', () =>
    adding(foreign({ bias: -2.2 }), async ({ bundle: { card }, density, usual }, models) => {
      assert.ok((card.decoding.threshold ?? 1) < 0.5);
      assert.ok(usual.notesPerBar < 2 || usual.emptyBars > 0.25);
      assert.ok(density.notesPerBar > 2 && density.emptyBars <= 0.25);
      assert.ok((await drawn(models)).block.notes.length > 0);
      assert.deepEqual(card.weaknesses, []);
    }));

  it('is silence, and it is added with a warning that has the figures', () =>
    adding(foreign({ bias: -30 }), ({ bundle: { card } }) => {
      assert.deepEqual(card.decoding, {});
      assert.match(
        card.weaknesses.join(),
        /^No threshold .*: 0\.0 notes a bar, 0\.0 at once, 100\.0 % of the bars empty/,
      );
    }));

  it('is the same from every latent, and its card says so', () =>
    adding(foreign({ hearing: 0 }), ({ bundle: { card } }) =>
      assert.ok(card.weaknesses.includes('It draws the same block from every latent.')),
    ));

  it('in planes of roles is played role by role, by the names given, or by numbers', async () => {
    const names = ({ bundle }: Adopted) => bundle.card.architecture.roles?.map(({ name }) => name);
    const four = foreign({ planes: 4 });
    await adding(four, (adopted) => assert.deepEqual(names(adopted), ['part 1', 'part 2']));
    const roles = ['melody', 'chords'];
    await adding(four, (adopted) => assert.deepEqual(names(adopted), roles), { roles });
    await adding(foreign({ planes: 2 }), (adopted) => assert.equal(names(adopted), undefined));
    await refusal(four, /--roles names 1, but .* has 4 planes, and so 2 of them/, { roles: ['melody'] });
    await refusal(foreign(), /--roles names 2, but .* has one plane, and so no roles/, { roles });
    await refusal(foreign({ planes: 3 }), /gives a roll of \[1, 3, 64, 256\]; wanted is/);
    await refusal(foreign({ planes: 10 }), /gives a roll of \[1, 10, 64, 256\]; wanted is/);
  });
});

it('a name that is taken stays as it is, unless it is to be replaced', () =>
  adding(foreign(), async ({ bundle }, models) => {
    const file = join(models, '..', 'dcgan.onnx');
    const before = readFileSync(join(bundle.folder, 'card.json'));
    await assert.rejects(adopt({ ...about, file, title: 'Another' }, models, false), {
      code: 'model',
      message: /--force/,
    });
    assert.deepEqual(readFileSync(join(bundle.folder, 'card.json')), before);
    const again = await adopt({ ...about, file, title: 'Another' }, models, true);
    assert.equal(again.bundle.card.title, 'Another');
    assert.deepEqual(readdirSync(models), ['dcgan']);
    assert.deepEqual(
      (await listBundles([models])).map(({ kind, name }) => [kind, name]),
      [['sound', 'dcgan']],
    );
  }));

it('a file that is not there, or not for us to read, is told by the system', () =>
  inFolder(async (folder) => {
    for (const file of [join(folder, 'none.onnx'), folder]) {
      await assert.rejects(adopt({ ...about, file }, folder, false), {
        code: 'file',
        message: /can't be read .*: name an ONNX file\.$/,
      });
    }
  }));
