import { Command } from 'commander';
import { openBackend } from '../engine/backends/open.js';
import { type Bundle, type Found, findBundle, listBundles, modelRoots, readKnobs } from '../engine/bundle.js';
import { learnedFrom } from '../engine/card.js';
import { DaimonError } from '../errors.js';
import { userFolder } from '../package.js';
import { columns } from './columns.js';
import { knobsText } from './knobs.js';
import { cardText, megabytes } from './model-card.js';

interface Options {
  readonly modelsDir?: string;
  readonly knobs?: true;
  readonly json?: true;
}

/** With the commands under it. */
export function modelsCommand(...commands: readonly Command[]): Command {
  const models = new Command('models')
    .description('list the models, or show the card of one; add one, or remove it')
    .usage('[name] [options]')
    .argument('[name]', 'the model to show')
    .option('--models-dir <folder>', 'look for models in this folder first')
    .option('--knobs', 'show what of the named model can be turned, and how that was measured')
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
Examples:
  daimon models
  daimon models folk
  daimon models folk --knobs
  daimon models add generator.onnx
  daimon start --model folk

A model of your own is a folder NAME in ${userFolder('models')},
as 'daimon train' writes it, or 'daimon models add' of a generator that was trained elsewhere.`,
    );
  for (const command of commands) models.addCommand(command);
  return models;
}

async function run(name: string | undefined, options: Options): Promise<void> {
  const roots = modelRoots(options.modelsDir ?? null);
  if (name !== undefined) {
    const bundle = await findBundle(name, roots);
    if (options.knobs) {
      const knobs = await readKnobs(bundle);
      if (options.json) console.log(JSON.stringify(knobs, null, 2));
      else console.log(knobs === null ? noKnobs(name) : knobsText(name, knobs));
      return;
    }
    console.log(options.json ? JSON.stringify(bundle, null, 2) : cardText(bundle));
    return;
  }
  if (options.knobs)
    throw new DaimonError('option', "--knobs are of one model: name it, as in 'daimon models folk --knobs'.");
  const found = await listBundles(roots);
  const runtime = await runtimeLine();
  if (options.json) console.log(JSON.stringify({ runtime, folders: roots, models: found }, null, 2));
  else console.log(listed(found, runtime));
}

const noKnobs = (name: string): string => `Nobody has looked for knobs of ${name} yet: 'daimon knobs ${name}' does.`;

/** What would draw with them here, and why; or why nothing would. */
async function runtimeLine(): Promise<string> {
  try {
    const { name, reason } = await openBackend('onnx', null);
    return `${name}: ${reason}`;
  } catch (error) {
    if (error instanceof DaimonError) return error.message;
    throw error;
  }
}

function listed(found: readonly Found[], runtime: string): string {
  const sound = found.flatMap((one) => (one.kind === 'sound' ? [row(one.bundle)] : []));
  const damaged = found.flatMap((one) => (one.kind === 'damaged' ? [`${one.name} is damaged: ${one.reason}`] : []));
  const list = sound.length === 0 ? ['There is no model that can play.'] : columns([HEADINGS, ...sound]);
  return [...list, ...damaged, '', `Drawn by  ${runtime}`, `Your own  ${userFolder('models')}`].join('\n');
}

const HEADINGS = ['NAME', 'TITLE', 'SIZE', 'TRAINED ON', 'LICENCE'];

const row = ({ card, size }: Bundle): readonly string[] => [
  card.name,
  card.title,
  megabytes(size),
  learnedFrom(card).name,
  learnedFrom(card).licence,
];
