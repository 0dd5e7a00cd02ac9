import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { DaimonError } from '../errors.js';
import { MAX_SEED, seed } from '../music/random.js';
import type { Drawn, Evaluation } from '../training/evaluation/evaluation.js';
import { integerBetween } from './options.js';
import { typedCommand } from './typed-command.js';

interface EvaluateOptions {
  readonly model?: string;
  readonly modelsDir?: string;
  readonly midi?: string;
  readonly songs: boolean;
  readonly reference: readonly string[];
  readonly train?: readonly string[];
  readonly data?: string;
  readonly drums: boolean;
  readonly loops: boolean;
  readonly blocks: number;
  readonly windows: number;
  readonly draws: number;
  readonly seed: number;
  readonly json: boolean;
  readonly html?: string;
  readonly card: boolean;
}

/** Distances of all pairs are kept: 5,000 blocks take 200 MB. */
const MOST_BLOCKS = 5000;
const MOST_DRAWS = 1_000_000;
const MOST_WINDOWS = 1_000_000;

export const evaluateCommand = (): Command =>
  new Command('evaluate')
    .description('hold what a model draws against real music')
    .option('--model <name>', 'the model to judge')
    .option('--models-dir <folder>', 'look for models in this folder first')
    .option('--midi <dir>', 'judge these files instead, each a block of 16 bars from its beginning')
    .option('--songs', 'read --midi as whole songs: real music against real music', false)
    .requiredOption('--reference <dir...>', 'folders of real songs')
    .option('--train <dir...>', 'the songs it learned from, to look for copies (default: the reference)')
    .option('--data <file>', 'the dataset it learned from: says which songs of the reference are held out')
    .option('--drums', 'count channel 10', false)
    .option('--loops', 'repeat songs of 2 to 15 bars until they fill a block', false)
    .option('--blocks <n>', 'blocks of each set', integerBetween(2, MOST_BLOCKS), 500)
    .option('--windows <n>', 'windows looked for in the songs, of each kind', integerBetween(1, MOST_WINDOWS), 2000)
    .option('--draws <n>', 'blocks drawn to look for empty ones', integerBetween(2, MOST_DRAWS), 10_000)
    .option('--seed <n>', 'chooses what is drawn and what is compared', integerBetween(0, MAX_SEED), 1)
    .option('--json', 'print everything as JSON', false)
    .option('--html <file>', 'also write a page to look at')
    .option('--card', "also write the figures on the model's card", false)
    .addHelpText(
      'after',
      `
Songs are cut into windows of 16 bars of 4/4, four bars apart. With --data, songs that the dataset holds out
stand beside the model: what real music scores that nobody learned from. docs/evaluation.md explains the figures.

Examples:
  daimon evaluate --model folk --reference ~/midi/folk --data folk.dmn --html folk.html
  daimon evaluate --midi drawn --reference ~/midi/folk --json`,
    )
    .action(async (options: EvaluateOptions) => {
      const { evaluate } = await import('../training/evaluation/evaluation.js');
      const { readReal } = await import('../training/evaluation/material.js');
      const { evaluationJson, evaluationText } = await import('./evaluation-report.js');
      if ((options.model === undefined) === (options.midi === undefined)) {
        throw new DaimonError('option', 'One of --model and --midi says what to judge: give one, and not both.');
      }
      const onCard = options.card ? await cardOf(options) : null;
      const { train = null, data = null, reference, drums, loops } = options;
      const real = readReal({ reference, train, data, drums, loops });
      const what = options.model ?? options.midi ?? '';
      const drawn = await drawnBy(options);
      const { blocks, windows } = options;
      const evaluation = evaluate(drawn, real, { blocks, windows, seed: seed(options.seed) });
      if (options.html !== undefined) await writePage(options, options.html, what, evaluation);
      const asJson = (): string => JSON.stringify(evaluationJson(what, evaluation), null, 2);
      console.log(options.json ? asJson() : evaluationText(what, evaluation));
      await onCard?.(evaluation);
    });

/** What writes an evaluation on the model's card. */
async function cardOf(options: EvaluateOptions): Promise<(evaluation: Evaluation) => Promise<void>> {
  const { model, modelsDir = null } = options;
  if (model === undefined) throw new DaimonError('option', '--card writes on the card of a --model; files have none.');
  const { evaluationForCard, openCard } = await import('../training/evaluation/on-card.js');
  const { findBundle, modelRoots } = await import('../engine/bundle.js');
  const bundle = await findBundle(model, modelRoots(modelsDir));
  const write = await openCard(bundle);
  return async (evaluation) => {
    await write(evaluationForCard(evaluation, typedCommand()));
    console.error(`The figures are on the card in ${bundle.folder}.`);
  };
}

async function writePage(options: EvaluateOptions, path: string, what: string, evaluation: Evaluation): Promise<void> {
  const { evaluationPage } = await import('../training/evaluation/page/page.js');
  const { readCurves } = await import('../training/evaluation/curves.js');
  const { findBundle, modelRoots } = await import('../engine/bundle.js');
  const { model, modelsDir = null } = options;
  const curves = model === undefined ? [] : readCurves((await findBundle(model, modelRoots(modelsDir))).folder);
  try {
    writeFileSync(path, evaluationPage({ what, evaluation, curves, command: typedCommand() }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DaimonError('file', `${path} can't be written (${reason}); choose another --html.`, { cause });
  }
}

async function drawnBy(options: EvaluateOptions): Promise<Drawn> {
  const { drawModel, readDrawn } = await import('../training/evaluation/material.js');
  if (options.midi !== undefined) {
    const { unreadable, ...drawn } = readDrawn(options.midi, options.songs, options.drums);
    for (const name of unreadable) console.error(`daimon: ${JSON.stringify(name)} can't be read: an empty block.`);
    return drawn;
  }
  const { model = '', modelsDir = null, blocks, draws } = options;
  const onProgress = showDraws();
  return drawModel({ model, modelsDir, blocks, draws, seed: seed(options.seed), onProgress });
}

/** On a terminal one line drawn over and over, elsewhere a few lines; on stderr. */
function showDraws(): (done: number, of: number) => void {
  const { stderr } = process;
  const begun = performance.now();
  let shown = begun;
  return (done, of) => {
    const now = performance.now();
    if (done < of && now - shown < (stderr.isTTY ? 200 : 30_000)) return;
    shown = now;
    const left = Math.ceil((((now - begun) / done) * (of - done)) / 1000);
    const line = `${done} of ${of} blocks drawn, ${left} s left`;
    stderr.write(stderr.isTTY ? `\r\x1b[K${done < of ? line : ''}` : `${line}\n`);
  };
}
