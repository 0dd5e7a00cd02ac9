import { Command } from 'commander';
import { type LikeOptions, readLike, withLikeOption } from './like-option.js';
import { integerBetween } from './options.js';
import { engineOptions, type PlayOptions, withPlayOptions } from './play-options.js';

interface RenderCommandOptions extends PlayOptions, LikeOptions {
  readonly blocks: number;
  readonly out: string;
}

/** A song position can say no more: 14 bits of sixteenths. */
const MOST_BLOCKS = 64;

export const renderCommand = (): Command =>
  withLikeOption(
    withPlayOptions(new Command('render').description('write what would be played from bar 1 on to a MIDI file')),
  )
    .requiredOption('--out <file.mid>', 'the file to write')
    .option('--blocks <number>', `how many blocks of 16 bars, 1 to ${MOST_BLOCKS}`, integerBetween(1, MOST_BLOCKS), 4)
    .action(run)
    .addHelpText(
      'after',
      `
No port and no clock is needed. The same model, preset and seed give the same bytes.

Examples:
  daimon render --seed 7 --blocks 4 --out take.mid
  daimon render --seed 7 --preset music-box --bpm 90 --out box.mid
  daimon render --like tune.mid --vary 0.25 --blocks 1 --out more.mid`,
    );

async function run(options: RenderCommandOptions): Promise<void> {
  const { renderFile } = await import('../daemon/render-file.js');
  const { notes, seed } = await renderFile({
    ...engineOptions(options),
    preset: options.preset,
    seed: options.seed ?? null,
    tempo: options.bpm,
    set: options.set ?? {},
    blocks: options.blocks,
    like: await readLike(options),
    out: options.out,
    warn: (sentence) => console.error(`daimon: ${sentence}`),
  });
  console.log(`${options.out}: ${options.blocks * 16} bars, ${notes} notes, preset ${options.preset}, seed ${seed}`);
}
