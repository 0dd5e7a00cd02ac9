import { basename } from 'node:path';
import { Command } from 'commander';
import { DaimonError } from '../errors.js';
import { DEFAULT_BASE_PITCH } from '../music/roll.js';
import { shippedFolder, userFolder } from '../package.js';
import type { Adopted } from '../training/adoption/adopt.js';
import type { Density } from '../training/adoption/density.js';
import { columns } from './columns.js';
import { readingLine, rollLine } from './model-card.js';
import { integerBetween, roleNames } from './options.js';
import { typedCommand } from './typed-command.js';

interface AddOptions {
  readonly name?: string;
  readonly title?: string;
  readonly basePitch: number;
  readonly roles?: readonly string[];
  readonly source: string;
  readonly licence: string;
  readonly force: boolean;
  readonly knobs: boolean;
  readonly modelsDir?: string;
}

/** 64 rows have to fit below 128. */
const HIGHEST_BASE = 64;

export const addModelCommand = (): Command =>
  new Command('add')
    .description('make a model of a generator that was trained elsewhere')
    .argument('<file.onnx>', 'the generator: a latent [1, channels, 2, 8] in, a roll [1, planes, 64, 256] out')
    .option('--name <name>', "the model's name (default: the file's)")
    .option(
      '--base-pitch <pitch>',
      `MIDI pitch of the roll's lowest row, 0 to ${HIGHEST_BASE}`,
      integerBetween(0, HIGHEST_BASE),
      DEFAULT_BASE_PITCH,
    )
    .option('--roles <names>', 'names of its roles, two planes each, as in melody,chords', roleNames)
    .option('--force', 'replace a model of yours that has the name, or stand in for one that comes with daimon', false)
    .option('--no-knobs', "don't look for its knobs, which takes ten minutes or more")
    .option('--models-dir <folder>', 'add it to this folder instead of your own')
    .optionsGroup('What the card should say:')
    .option('--title <text>', "the model's title (default: its name)")
    .option('--source <text>', 'where it comes from', 'not stated')
    .option('--licence <text>', 'its licence', 'not stated')
    .action(run)
    .addHelpText(
      'after',
      `
It is drawn from, and measured: numbers that are no probabilities yet, as before a sigmoid or after a tanh, become some,
and where its blocks would be all but empty or full, another threshold is chosen. The card says what was done.

Examples:
  daimon models add generator.onnx --name dcgan --source 'my own training' --licence MIT
  daimon start --model dcgan`,
    );

async function run(file: string, _: AddOptions, command: Command): Promise<void> {
  const { adopt } = await import('../training/adoption/adopt.js');
  const { densityText } = await import('../training/adoption/density.js');
  const { MODEL_NAME } = await import('../engine/card.js');
  // --models-dir before `add` is an option of `models`
  const options = command.optsWithGlobals<AddOptions>();
  const { basePitch, roles = null, source, licence, force, modelsDir } = options;
  const name = options.name ?? nameOf(file);
  if (!MODEL_NAME.test(name)) {
    const typed = options.name === undefined ? `${file} gives the name "${name}"` : `--name is "${name}"`;
    throw new DaimonError('option', `${typed}: name the model in lower case letters, digits and hyphens by --name.`);
  }
  if (!force) await refuseShipped(name);
  const about = { file, name, title: options.title ?? name, basePitch, roles, source, licence };
  const adopted = await adopt({ ...about, command: typedCommand() }, modelsDir ?? userFolder('models'), force);
  console.log(report(adopted, densityText));
  if (!options.knobs) return console.log(`Its knobs are not measured yet: 'daimon knobs ${name}' does so.`);
  console.log('Its knobs are looked for now, which takes ten minutes or more. It can be played meanwhile, or without.');
  const { DEFAULT_DRAWS, searchKnobs } = await import('./search-knobs.js');
  const { knobsText } = await import('./knobs.js');
  const again = `daimon knobs ${name}`;
  const search = { draws: DEFAULT_DRAWS, seed: 1, command: again, ...(modelsDir === undefined ? {} : { modelsDir }) };
  console.log(`\n${knobsText(name, await searchKnobs(name, search))}`);
}

/** As it is, a file's name seldom is a model's. */
const nameOf = (file: string): string =>
  basename(file)
    .replace(/\.onnx$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

async function refuseShipped(name: string): Promise<void> {
  const { listBundles } = await import('../engine/bundle.js');
  const shipped = await listBundles([shippedFolder('models')]);
  if (!shipped.some((found) => found.name === name)) return;
  throw new DaimonError(
    'model',
    `A model "${name}" comes with daimon: give another --name, or have yours stand in for it by --force.`,
  );
}

function report({ bundle: { folder, card }, density, usual }: Adopted, text: (of: Density) => string): string {
  const { architecture, added, weaknesses, decoding } = card;
  const { channels } = architecture.latent;
  const lines = (label: string, texts: readonly string[]) => texts.map((text, i) => [i === 0 ? label : '', text]);
  return [
    `${card.name} is added, in ${folder}.`,
    '',
    ...columns([
      ['Latent', `${channels} x 2 x 8`],
      ['Roll', rollLine(architecture)],
      ['Plays', text(density)],
      ['Read with', readingLine(decoding)],
      ...(Object.keys(decoding).length === 0 ? [] : [['', `by the defaults: ${text(usual)}`]]),
      ...lines('Changed', added?.changes ?? []),
      ...lines('Beware', weaknesses),
    ]),
    '',
    `To hear it: daimon start --model ${card.name}`,
  ].join('\n');
}
