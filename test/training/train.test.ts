import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { DaimonError } from '#daimon/errors.js';
import { seed } from '#daimon/music/random.js';
import { CELLS, cell } from '#daimon/music/roll.js';
import type { TrainingSettings } from '#daimon/training/checkpoint.js';
import type { Blocks } from '#daimon/training/recipes/recipe.js';
import { compile } from '#daimon/training/tape/compile.js';
import { train } from '#daimon/training/train.js';

/** Eight blocks, each an arpeggio of its own. */
const ARPEGGIOS: Blocks = {
  training: Uint32Array.from({ length: 6 }, (_, i) => i),
  heldOut: Uint32Array.of(6, 7),
  planes: 2,
  unpack(index, into) {
    into.fill(0);
    for (let step = 0; step < 256; step += 4) {
      const row = 10 + index + [0, 4, 7, 12][(step / 4) % 4]!;
      into.fill(1, cell(row, step), cell(row, step + 4));
      into[CELLS + cell(row, step)] = 1;
    }
  },
};

const SETTINGS: TrainingSettings = {
  recipe: 'vaegan',
  width: 4,
  latentChannels: 2,
  batch: 4,
  divergence: 1,
  transpose: 2,
  same: 0.8,
  temperature: 1,
  phases: { autoencoder: 2, prior: 2, critic: 2 },
  seed: seed(3),
  dataset: 0,
};

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'daimon-train-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same arpeggios, and a bass under each. */
const BANDS: Blocks = {
  ...ARPEGGIOS,
  planes: 4,
  unpack(index, into) {
    ARPEGGIOS.unpack(index, into.subarray(0, 2 * CELLS));
    ARPEGGIOS.unpack(0, into.subarray(2 * CELLS));
  },
};

const trainIn = (
  folder: string,
  settings: TrainingSettings,
  stopAfter = Number.POSITIVE_INFINITY,
  blocks: Blocks = ARPEGGIOS,
) => {
  const abort = new AbortController();
  return train(blocks, {
    settings,
    folder,
    threads: 1,
    provider: 'cpu',
    signal: abort.signal,
    onStep: ({ step }) => step === stopAfter && abort.abort(),
  });
};

test('the autoencoder is looked at on blocks held out, every 250 steps', () =>
  inFolder(async (folder) => {
    await trainIn(folder, { ...SETTINGS, batch: 2, phases: { autoencoder: 250, prior: 0, critic: 0 } });
    const lines = readFileSync(join(folder, 'losses.jsonl'), 'utf8').trim().split('\n');
    const looks = lines.map((line) => JSON.parse(line)).filter((line) => 'crossEntropyHeldOut' in line);
    assert.deepEqual(
      looks.map(({ step }) => step),
      [250],
    );
    assert.ok(looks[0].crossEntropyHeldOut > 0);
  }));

for (const recipe of ['vaegan', 'dcgan'] as const) {
  suite(`training by ${recipe}`, () => {
    const settings = recipe === 'vaegan' ? SETTINGS : { ...SETTINGS, recipe, phases: { steps: 5 } };

    test('the same seed gives the same weights, and a training stopped and resumed gives them too', async () => {
      const weightsOf = async (work: (folder: string) => Promise<unknown>): Promise<Buffer> =>
        inFolder(async (folder) => {
          await work(folder);
          const whole = readFileSync(join(folder, 'checkpoint.bin'));
          // the header's clock differs
          return whole.subarray(12 + whole.readUInt32LE(8));
        });
      const straight = await weightsOf((folder) => trainIn(folder, settings));
      const again = await weightsOf((folder) => trainIn(folder, settings));
      const halting = await weightsOf(async (folder) => {
        assert.equal(await trainIn(folder, settings, 3), null);
        assert.ok(await trainIn(folder, settings));
      });
      const other = await weightsOf((folder) => trainIn(folder, { ...settings, seed: seed(4) }));
      assert.ok(straight.equals(again));
      assert.ok(straight.equals(halting));
      assert.ok(!straight.equals(other));
    });

    test('the shipped generator draws probabilities of 2 x 64 x 256, any number of blocks at once', () =>
      inFolder(async (folder) => {
        const trained = await trainIn(folder, settings);
        assert.ok(trained);
        const draw = await compile(trained.networks.generator, { threads: 1, provider: 'cpu' });
        const one = (await draw.run({ latent: new Float32Array(2 * 2 * 8).fill(0.5) })).roll!;
        const three = (await draw.run({ latent: new Float32Array(3 * 2 * 2 * 8).fill(0.5) })).roll!;
        assert.equal(one.length, 2 * 64 * 256);
        assert.equal(three.length, 3 * one.length);
        assert.ok(one.every((p) => p > 0 && p < 1));
        assert.ok(one.every((p, i) => Math.abs(p - three[2 * one.length + i]!) < 1e-6));
        await draw.close();
      }));

    test('two roles are four planes, in training and in the shipped generator', () =>
      inFolder(async (folder) => {
        const trained = await trainIn(folder, settings, undefined, BANDS);
        assert.ok(trained);
        assert.equal(trained.recipe.planes, 4);
        const draw = await compile(trained.networks.generator, { threads: 1, provider: 'cpu' });
        assert.equal((await draw.run({ latent: new Float32Array(2 * 2 * 8) })).roll!.length, 4 * 64 * 256);
        await draw.close();
      }));
  });
}

test('an autoencoder that trains says its blocks ever better', () =>
  inFolder(async (folder) => {
    const settings = { ...SETTINGS, phases: { autoencoder: 40 } };
    await trainIn(folder, settings);
    const losses = readFileSync(join(folder, 'losses.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).crossEntropy);
    const mean = (of: number[]): number => of.reduce((a, b) => a + b) / of.length;
    assert.ok(mean(losses.slice(-5)) < 0.9 * mean(losses.slice(0, 5)), `${losses.at(0)} to ${losses.at(-1)}`);
  }));

test('a checkpoint begun with another width is refused, and named', () =>
  inFolder(async (folder) => {
    await trainIn(folder, SETTINGS, 1);
    await assert.rejects(trainIn(folder, { ...SETTINGS, width: 8 }), (error) => {
      assert.ok(error instanceof DaimonError && error.code === 'training');
      assert.match(error.message, /width 4, and now width 8/);
      return true;
    });
  }));

test('a damaged checkpoint is refused in one sentence', () =>
  inFolder(async (folder) => {
    await trainIn(folder, SETTINGS, 1);
    const path = join(folder, 'checkpoint.bin');
    writeFileSync(path, readFileSync(path).subarray(0, -5));
    await assert.rejects(trainIn(folder, SETTINGS), /checkpoint\.bin is damaged; delete it/);
  }));

test('a folder that cannot be written to is an error of one sentence', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'taken'), '');
    await assert.rejects(
      trainIn(join(folder, 'taken', 'training'), SETTINGS),
      (error) => error instanceof DaimonError && error.code === 'file' && /taken.*another --out/.test(error.message),
    );
  }));

test('a provider that does not work here is an error of one sentence', async () => {
  const graph = { name: 'nothing', inputs: [], outputs: [], constants: [], nodes: [] };
  await assert.rejects(
    compile(graph, { threads: 1, provider: 'no-such-thing' }),
    (error) => error instanceof DaimonError && error.code === 'training' && /no-such-thing/.test(error.message),
  );
});
