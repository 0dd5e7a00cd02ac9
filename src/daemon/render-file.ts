import type { Values } from '../bridge/control/controls.js';
import { findPreset, loadPresets } from '../bridge/presets/preset-folder.js';
import { openRecorder } from '../bridge/recording/recorder.js';
import type { EngineOptions } from '../engine/engine.js';
import { startEngine } from '../engine/start.js';
import type { Seed } from '../music/random.js';
import type { Bpm } from '../music/units.js';
import { type Like, like } from './like.js';
import { render } from './render.js';
import { chooseSeed } from './seed.js';
import { turned } from './turning.js';

export interface RenderFileOptions extends EngineOptions {
  readonly preset: string;
  readonly seed: Seed | null;
  readonly tempo: Bpm;
  /** What of the preset is turned. */
  readonly set: Values;
  readonly blocks: number;
  readonly like: Like | null;
  readonly out: string;
  readonly warn: (sentence: string) => void;
}

/** Renders a take to a MIDI file; gives the seed it had and the number of its notes. Rejects with a DaimonError. */
export async function renderFile(options: RenderFileOptions): Promise<{ readonly seed: Seed; readonly notes: number }> {
  const { tempo, blocks } = options;
  const { presets, broken } = await loadPresets();
  for (const { message } of broken) options.warn(message);
  const chosen = findPreset(presets, options.preset);
  const seed = chooseSeed(options.seed, chosen);
  const engine = await startEngine(options);
  try {
    const preset = turned(chosen, options.set, engine.info);
    const theme = options.like && (await like(engine, options.like, preset));
    const recorder = await openRecorder(options.out, options.warn);
    const notes = await render(engine, recorder, { seed, blocks, tempo, preset, theme });
    await recorder.finish();
    return { seed, notes };
  } finally {
    await engine.close();
  }
}
