import type { Command } from 'commander';
import type { Values } from '../bridge/control/controls.js';
import { DEFAULT_PRESET } from '../bridge/presets/preset-folder.js';
import type { BackendChoice, EngineOptions } from '../engine/engine.js';
import { PLAYING } from '../music/playing.js';
import { MAX_SEED, type Seed, seed } from '../music/random.js';
import { type Bpm, bpm } from '../music/units.js';
import { assignment } from './assignment.js';
import { integerBetween, numberBetween, oneOf } from './options.js';

/** What is played, and by what: the same words for `start` and `render`. */
export interface PlayOptions extends EngineOptions {
  readonly preset: string;
  /** Undefined: the preset's if it has one, else any. */
  readonly seed?: Seed;
  readonly bpm: Bpm;
  readonly set?: Values;
}

/** Plays where no other is named. */
export const DEFAULT_MODEL = 'pop';

export const withPlayOptions = (command: Command): Command =>
  command
    .option('--model <name>', "the model to draw with; 'daimon models' lists them", DEFAULT_MODEL)
    .option('--models-dir <folder>', 'look for models in this folder first')
    .option('--preset <name>', "the character to play in; 'daimon presets' lists them", DEFAULT_PRESET)
    .option('--seed <number>', `the take, 0 to ${MAX_SEED}: the same seed plays the same notes`, parseSeed)
    .option('--bpm <number>', `the tempo, ${TEMPO.min} to ${TEMPO.max}`, parseTempo, bpm(TEMPO.default))
    .option('--set <name=value>', 'turn something from the start on, as in swing=58; may be given again', assignment)
    .option('--backend <name>', 'what the model runs on: onnx or tfjs', oneOf<BackendChoice>('onnx', 'tfjs'), 'onnx')
    .option('--provider <names>', 'what onnx runs on, in order of preference, as in cuda,webgpu,cpu');

/** Commander leaves out what was not given; the engine wants it said. */
export const engineOptions = ({ model, modelsDir, backend, provider }: Partial<EngineOptions>): EngineOptions => ({
  model: model ?? DEFAULT_MODEL,
  modelsDir: modelsDir ?? null,
  backend: backend ?? 'onnx',
  provider: provider ?? null,
});

const parseSeed = (text: string): Seed => seed(integerBetween(0, MAX_SEED)(text));

const TEMPO = PLAYING.tempo;
const parseTempo = (text: string): Bpm => bpm(numberBetween(TEMPO.min, TEMPO.max)(text));
