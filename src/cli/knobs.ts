import { basename } from 'node:path';
import { Command } from 'commander';
import type { ModelKnobs } from '../engine/knobs/knobs.js';
import { MAX_SEED, seed } from '../music/random.js';
import { table } from './columns.js';
import { COMPONENTS_HEADING, componentRow, foundLine, KNOBS_HEADING, knobRow } from './knobs-table.js';
import { integerBetween } from './options.js';
import { typedCommand } from './typed-command.js';

interface KnobsOptions {
  readonly modelsDir?: string;
  readonly data?: string;
  readonly draws: number;
  readonly seed: number;
}

/** Fewer say too little of a correlation; each takes some hundredths of a second for each knob. */
const LEAST_DRAWS = 100;
const MOST_DRAWS = 100_000;

export const knobsCommand = (): Command =>
  new Command('knobs')
    .description('find what of a model can be turned, measure it, and write it into its bundle')
    .argument('<model>', 'the model')
    .option('--models-dir <folder>', 'look for models in this folder first')
    .option('--data <file>', "the dataset it learned from: its blocks held out bound the knobs' ranges")
    .option('--draws <n>', 'fresh blocks that each knob is measured on', integerBetween(LEAST_DRAWS, MOST_DRAWS), 2000)
    .option('--seed <n>', 'chooses what is drawn', integerBetween(0, MAX_SEED), 1)
    .addHelpText(
      'after',
      `
Without --data, the spread of the model's own blocks bounds the ranges. It takes some ten minutes; the same seed
finds the same on one machine. docs/knobs.md says what a knob is; 'daimon models MODEL --knobs' prints them again.

Example:
  daimon knobs my-folk --data folk.dmn`,
    )
    .action(run);

async function run(model: string, options: KnobsOptions): Promise<void> {
  const { findBundle, modelRoots } = await import('../engine/bundle.js');
  const { FULL } = await import('../training/knobs/effort.js');
  const { findKnobs } = await import('../training/knobs/find.js');
  const { openInstrument } = await import('../training/knobs/instrument.js');
  const { realReadings } = await import('../training/knobs/real-readings.js');
  const { openForKnobs } = await import('../training/knobs/write-knobs.js');
  const roots = modelRoots(options.modelsDir ?? null);
  const instrument = await openInstrument(model, roots);
  try {
    const real = options.data === undefined ? null : realReadings(instrument, options.data);
    const write = await openForKnobs(await findBundle(model, roots));
    const effort = { ...FULL, draws: options.draws };
    const findings = await findKnobs(instrument, real, effort, seed(options.seed), (sentence) =>
      console.error(sentence),
    );
    const knobs: ModelKnobs = {
      format: 1,
      found: {
        command: typedCommand(),
        date: new Date().toISOString().slice(0, 10),
        draws: options.draws,
        real: real && { name: basename(options.data ?? ''), blocks: real.length },
      },
      ...findings,
    };
    await write(knobs);
    console.log(knobsText(model, knobs));
  } finally {
    await instrument.close();
  }
}

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
