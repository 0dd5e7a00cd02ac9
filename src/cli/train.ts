import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { DaimonError } from '../errors.js';
import { DECODING, type Decoding } from '../music/decoding.js';
import { MAX_SEED, seed } from '../music/random.js';
import type { TrainingSettings } from '../training/checkpoint.js';
import { totalSteps } from '../training/recipes/recipe.js';
import { integerBetween, numberBetween, oneOf } from './options.js';
import { showTraining } from './training-progress.js';
import { typedCommand } from './typed-command.js';

interface TrainCommandOptions {
  readonly data: string;
  readonly out: string;
  readonly recipe: TrainingSettings['recipe'];
  readonly width: number;
  readonly latentChannels: number;
  readonly batch: number;
  readonly divergence: number;
  readonly transpose: number;
  readonly same: number;
  readonly temperature: number;
  readonly steps: number;
  readonly autoencoderSteps: number;
  readonly criticSteps: number;
  readonly priorSteps: number;
  readonly seed: number;
  readonly threads: number;
  readonly provider: string;
  readonly title?: string;
  readonly source: string;
  readonly licence: string;
  readonly doubt: readonly string[];
  readonly weakness: readonly string[];
  readonly threshold?: number;
  readonly onsetThreshold?: number;
  readonly fragmentThreshold?: number;
}

const steps = integerBetween(0, 10_000_000);
const rangeOf = (name: 'threshold' | 'onsetThreshold' | 'fragmentThreshold'): ((text: string) => number) =>
  numberBetween(DECODING[name].min, DECODING[name].max);
const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

export const trainCommand = (): Command =>
  new Command('train')
    .description('train a generator on a dataset, and write it as a model')
    .requiredOption('--data <file>', "the dataset, made by 'daimon data'")
    .requiredOption('--out <dir>', "the model's folder; its name is the model's name")
    .option(
      '--recipe <name>',
      'vaegan (an autoencoder with a critic) or dcgan (the original)',
      oneOf('vaegan', 'dcgan'),
      'vaegan',
    )
    .option('--width <n>', 'channels of the narrowest layer; the original has 128', integerBetween(4, 256), 24)
    .option('--latent-channels <n>', 'latent numbers are this times 2 x 8', integerBetween(1, 128), 16)
    .option('--batch <n>', 'blocks a step', integerBetween(2, 256), 16)
    .option('--divergence <weight>', 'vaegan: how near to noise latents are kept', numberBetween(0, 100), 2)
    .option('--transpose <n>', 'vaegan: semitones up and down that the autoencoder hears', integerBetween(0, 12), 5)
    .option('--same <share>', 'vaegan: two bars with so many onsets in common are repeats', numberBetween(0.05, 1), 0.8)
    .option(
      '--temperature <scale>',
      'vaegan: of the noise; lower draws what is more typical',
      numberBetween(0, 2),
      0.85,
    )
    .option('--autoencoder-steps <n>', 'vaegan: steps of the autoencoder', steps, 5000)
    .option('--critic-steps <n>', 'vaegan: steps against the critic', steps, 200)
    .option('--prior-steps <n>', 'vaegan: steps of the prior; with 0 it is a Gaussian', steps, 1250)
    .option('--steps <n>', 'dcgan: steps', steps, 20_000)
    .option('--seed <n>', 'the same seed gives the same weights on one machine', integerBetween(0, MAX_SEED), 7)
    .option('--threads <n>', 'processor threads', integerBetween(1, 64), Math.min(2, availableParallelism()))
    .option('--provider <name>', 'where it computes: cpu, cuda or webgpu', oneOf('cpu', 'cuda', 'webgpu'), 'cpu')
    .optionsGroup('What the card should say:')
    .option('--title <text>', "the model's title (default: its name)")
    .option('--source <text>', 'where the music comes from', 'not stated')
    .option('--licence <text>', 'the licence of the music', 'not stated')
    .option('--doubt <text>', 'a doubt about the data; may be given again', collect, [])
    .option('--weakness <text>', 'a known weakness; may be given again', collect, [])
    .option('--threshold <share>', 'how its rolls are best read; see the presets', rangeOf('threshold'))
    .option('--onset-threshold <share>', 'likewise', rangeOf('onsetThreshold'))
    .option('--fragment-threshold <share>', 'likewise', rangeOf('fragmentThreshold'))
    .addHelpText(
      'after',
      `
Ctrl-C stops after the step in hand; the same command goes on from there. The model's folder also gets
training/checkpoint.bin (to go on) and training/losses.jsonl (a line a step); neither is needed to play.

Example:
  daimon data ~/midi/folk --out folk.dmn
  daimon train --data folk.dmn --out models/my-folk --title 'My folk tunes' --licence CC0`,
    )
    .action(async (options: TrainCommandOptions) => {
      const { openDataset } = await import('../training/corpus/dataset.js');
      const { train } = await import('../training/train.js');
      const { writeBundle } = await import('../training/bundle-writer.js');
      const { MODEL_NAME } = await import('../engine/card.js');
      const name = basename(resolve(options.out));
      if (!MODEL_NAME.test(name)) {
        throw new DaimonError('option', `--out names the model "${name}": use lower case letters, digits and hyphens.`);
      }
      const dataset = openDataset(options.data);
      if (dataset.training.length === 0) {
        throw new DaimonError('dataset', `${options.data} holds no block to train on; give 'daimon data' more music.`);
      }
      const folder = join(options.out, 'training');
      if (existsSync(join(options.out, 'card.json')) && !existsSync(folder)) {
        const advice = 'choose another --out, or delete it to train anew';
        throw new DaimonError(
          'training',
          `${options.out} holds a finished model, and nothing to go on from; ${advice}.`,
        );
      }
      const settings: TrainingSettings = { ...settingsOf(options), dataset: dataset.checksum };
      const abort = new AbortController();
      const stop = (): void => abort.abort();
      process.on('SIGINT', stop).on('SIGTERM', stop);
      const { threads, provider } = options;
      const progress = showTraining({ steps: totalSteps(settings.phases) });
      const trained = await train(dataset, {
        settings,
        threads,
        provider,
        folder,
        signal: abort.signal,
        onStep: progress.step,
      });
      progress.end();
      // the checkpoint holds all that was learned: from here on Ctrl-C ends at once
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (!trained) {
        console.log(`Stopped. The same command goes on from ${join(folder, 'checkpoint.bin')}.`);
        return;
      }
      console.error('Drawing blocks for the figures on its card.');
      const about = {
        name,
        title: options.title ?? name,
        command: typedCommand(),
        decoding: readings(options),
        dataset: { name: basename(options.data), source: options.source, licence: options.licence },
        doubts: options.doubt,
        weaknesses: options.weakness,
      };
      const card = await writeBundle(options.out, trained, dataset, settings, about, { threads, provider });
      const width = Math.max(...Object.keys(card.figures).map((key) => key.length));
      console.log(`${''.padEnd(width)}     drawn      real`);
      for (const [key, { model, trainingSet }] of Object.entries(card.figures)) {
        console.log(`${key.padEnd(width)}${model.toFixed(3).padStart(10)}${trainingSet.toFixed(3).padStart(10)}`);
      }
      console.log(`The model is in ${options.out}.`);
    });

const readings = ({ threshold, onsetThreshold, fragmentThreshold }: TrainCommandOptions): Partial<Decoding> => ({
  ...(threshold !== undefined && { threshold }),
  ...(onsetThreshold !== undefined && { onsetThreshold }),
  ...(fragmentThreshold !== undefined && { fragmentThreshold }),
});

const settingsOf = (o: TrainCommandOptions): Omit<TrainingSettings, 'dataset'> => ({
  recipe: o.recipe,
  width: o.width,
  latentChannels: o.latentChannels,
  batch: o.batch,
  divergence: o.divergence,
  transpose: o.transpose,
  same: o.same,
  temperature: o.temperature,
  phases:
    o.recipe === 'dcgan'
      ? { steps: o.steps }
      : { autoencoder: o.autoencoderSteps, prior: o.priorSteps, critic: o.criticSteps },
  seed: seed(o.seed),
});
