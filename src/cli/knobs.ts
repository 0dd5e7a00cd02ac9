import { Command } from 'commander';
import type { ModelKnobs } from '../engine/knobs/knobs.js';
import { MAX_SEED } from '../music/random.js';
import { table } from './columns.js';
import { COMPONENTS_HEADING, componentRow, foundLine, KNOBS_HEADING, knobRow } from './knobs-table.js';
import { integerBetween } from './options.js';
import { DEFAULT_DRAWS, type KnobSearch, searchKnobs } from './search-knobs.js';
import { typedCommand } from './typed-command.js';

type KnobsOptions = Omit<KnobSearch, 'command'>;

/** Fewer say too little of a correlation; each takes some hundredths of a second for each knob. */
const LEAST_DRAWS = 100;
const MOST_DRAWS = 100_000;

export const knobsCommand = (): Command =>
  new Command('knobs')
    .description('find what of a model can be turned, measure it, and write it into its bundle')
    .argument('<model>', 'the model')
    .option('--models-dir <folder>', 'look for models in this folder first')
    .option('--data <file>', "the dataset it learned from: its blocks held out bound the knobs' ranges")
    .option(
      '--draws <n>',
      'fresh blocks that each knob is measured on',
      integerBetween(LEAST_DRAWS, MOST_DRAWS),
      DEFAULT_DRAWS,
    )
    .option('--seed <n>', 'chooses what is drawn', integerBetween(0, MAX_SEED), 1)
    .addHelpText(
      'after',
      `
Without --data, the spread of the model's own blocks bounds the ranges. It takes about a quarter of an hour; the same
seed finds the same on one machine. docs/knobs.md says what a knob is; 'daimon models MODEL --knobs' prints them again.

Example:
  daimon knobs my-folk --data folk.dmn`,
    )
    .action(run);

const run = async (model: string, options: KnobsOptions): Promise<void> =>
  console.log(knobsText(model, await searchKnobs(model, { ...options, command: typedCommand() })));

/** A model's knobs as a page of text. */
export function knobsText(model: string, knobs: ModelKnobs): string {
  const { refused, components } = knobs;
  const list =
    knobs.knobs.length === 0
      ? ['Nothing of it can be turned by itself.']
      : table([KNOBS_HEADING, ...knobs.knobs.map(knobRow)]);
  return [
    `Knobs of ${model}`,
    '',
    ...list,
    '',
    ...knobs.knobs.map(({ name, help }) => `${name}: ${help}.`),
    '',
    foundLine(knobs),
    '',
    ...table([COMPONENTS_HEADING, ...components.map(componentRow)]),
    ...(refused.length === 0 ? [] : ['', 'Not knobs:', ...refused.map(({ name, reason }) => `  ${name}: ${reason}.`)]),
  ].join('\n');
}
