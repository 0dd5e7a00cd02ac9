import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadCheckpoint, saveCheckpoint, type TrainingSettings } from './checkpoint.js';
import type { TrainingState } from './recipes/adam.js';
import { type Blocks, type Networks, type Recipe, totalSteps } from './recipes/recipe.js';
import { RECIPES } from './recipes/recipes.js';
import type { CompileOptions } from './tape/compile.js';
import { writing } from './writing.js';

/** A crash or a power cut costs at most so much work. */
const SAVE_EVERY_SECONDS = 120;

export interface TrainOptions extends CompileOptions {
  readonly settings: TrainingSettings;
  /** The checkpoint and the log of losses are kept here. */
  readonly folder: string;
  /** Stops after the step in hand. */
  readonly signal: AbortSignal;
  readonly onStep: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  /** Of this step alone. */
  readonly seconds: number;
  readonly losses: Readonly<Record<string, number>>;
}

export interface Trained {
  readonly recipe: Pick<Recipe, 'latentShape' | 'noiseShape' | 'planes'>;
  readonly networks: Networks;
  readonly steps: number;
  /** Time spent, in all sessions. */
  readonly seconds: number;
}

/**
 * Trains to the end, from a checkpoint where there is one. Null when the signal stopped it; then the same call goes
 * on. All chance follows from the seed and the step, so a training that was interrupted ends at the same weights.
 * Throws DaimonError `training`, and `file` where the folder can't be written to.
 */
export async function train(blocks: Blocks, options: TrainOptions): Promise<Trained | null> {
  const { settings, folder } = options;
  await writing(folder, () => mkdirSync(folder, { recursive: true }));
  const steps = totalSteps(settings.phases);
  const path = join(folder, 'checkpoint.bin');
  const resumed = loadCheckpoint(path, settings);
  const state: TrainingState = resumed?.state ?? {};
  let step = resumed?.step ?? 0;
  let seconds = resumed?.seconds ?? 0;
  const save = (): Promise<void> => writing(folder, () => saveCheckpoint(path, { settings, step, seconds, state }));

  const recipe = await RECIPES[settings.recipe](blocks, state, { ...options, ...settings });
  try {
    let saved = seconds;
    while (step < steps && !options.signal.aborted) {
      const begun = performance.now();
      const losses = await recipe.step(step);
      const took = (performance.now() - begun) / 1000;
      step += 1;
      seconds += took;
      const line = `${JSON.stringify({ step, ...losses })}\n`;
      await writing(folder, () => appendFileSync(join(folder, 'losses.jsonl'), line));
      options.onStep({ step, seconds: took, losses });
      if (seconds - saved > SAVE_EVERY_SECONDS) {
        await save();
        saved = seconds;
      }
    }
    await save();
    return step < steps ? null : { recipe, networks: await recipe.networks(), steps: step, seconds };
  } finally {
    await recipe.close();
  }
}
