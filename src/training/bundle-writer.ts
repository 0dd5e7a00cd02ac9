import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { sha256Of, writeCard } from '../engine/bundle.js';
import type { Card } from '../engine/card.js';
import { encodeOnnx } from '../engine/graph/onnx-encode.js';
import { DEFAULT_DECODING, type Decoding } from '../music/decoding.js';
import { seed } from '../music/random.js';
import { WHOLE } from '../music/roll.js';
import type { TrainingSettings } from './checkpoint.js';
import type { Dataset } from './corpus/dataset.js';
import { keysOf } from './corpus/keys-of.js';
import { drawBlocks } from './evaluation/draw.js';
import { summarise } from './evaluation/feature-table.js';
import { SCALARS } from './evaluation/features.js';
import { rolesOf } from './evaluation/voices.js';
import type { CompileOptions } from './tape/compile.js';
import type { Trained } from './train.js';
import { replaceFile, writing } from './writing.js';

/** Blocks drawn for the card's figures; enough that a second set moves no mean by a tenth of its spread. */
const DRAWN = 500;
/** Not the training's: a card should not flatter its model by a happy choice. */
const DRAWN_FROM = seed(1);

/** What no computation can know. */
export interface About {
  readonly name: string;
  readonly title: string;
  readonly command: string;
  readonly dataset: { readonly name: string; readonly source: string; readonly licence: string };
  /** Where its rolls want other readings than the defaults. */
  readonly decoding: Partial<Decoding>;
  readonly doubts: readonly string[];
  readonly weaknesses: readonly string[];
}

/** Writes `generator.onnx`, `prior.onnx` and `encoder.onnx` where there are any, and `card.json`, with figures measured on drawn blocks. */
export async function writeBundle(
  folder: string,
  trained: Trained,
  dataset: Dataset,
  settings: TrainingSettings,
  about: About,
  options: CompileOptions,
): Promise<Card> {
  const { recipe, networks } = trained;
  const { basePitch } = dataset.header;
  const parts = (['generator', 'prior', 'encoder'] as const).flatMap((part) => {
    const graph = networks[part];
    return graph === null ? [] : [[part, encodeOnnx(graph)] as const];
  });

  const { latentShape: shape, noiseShape, planes } = recipe;
  const roles = rolesOf(dataset);
  const roll = { basePitch, planes, roles: roles ?? [WHOLE] };
  const drawn = summarise(
    await drawBlocks(
      networks,
      { noise: noiseShape, roll, decoding: { ...DEFAULT_DECODING, ...about.decoding } },
      DRAWN,
      DRAWN_FROM,
      options,
    ),
  );
  const real = summarise(Array.from(dataset.training, (index) => dataset.notes(index)));
  const figures = Object.fromEntries(
    SCALARS.map((name) => [name, { model: rounded(drawn[name].mean), trainingSet: rounded(real[name].mean) }] as const)
      // tonal distance is of two voices: music of one has none
      .filter(([, { model, trainingSet }]) => Number.isFinite(model) && Number.isFinite(trainingSet)),
  );

  const card: Card = {
    format: 1,
    name: about.name,
    title: about.title,
    architecture: {
      kind: settings.recipe,
      width: settings.width,
      latent: { channels: shape.channels, rows: 2, columns: 8 },
      ...(noiseShape.channels !== shape.channels && { noiseChannels: noiseShape.channels }),
      planes,
      ...(roles && { roles }),
      basePitch,
    },
    decoding: about.decoding,
    training: {
      command: about.command,
      dataset: { ...about.dataset, blocks: dataset.training.length, heldOut: dataset.heldOut.length },
      seed: settings.seed,
      steps: trained.steps,
      minutes: Math.round(trained.seconds / 6) / 10,
      hardware: `${options.provider}, ${options.threads} ${options.threads === 1 ? 'thread' : 'threads'} of ${cpus()[0]?.model ?? 'an unnamed processor'}`,
      date: new Date().toISOString().slice(0, 10),
      doubts: [...about.doubts],
    },
    keys: keysOf(dataset),
    figures,
    weaknesses: [...about.weaknesses],
    files: { generator: '', ...Object.fromEntries(parts.map(([part, bytes]) => [part, sha256Of(bytes)])) },
  };
  await writing(folder, async () => {
    mkdirSync(folder, { recursive: true });
    for (const [part, bytes] of parts) replaceFile(join(folder, `${part}.onnx`), bytes);
    await writeCard(folder, card);
  });
  return card;
}

const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;
