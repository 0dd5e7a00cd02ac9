import type { DrawRequest, EngineInfo } from '../engine/engine.js';
import type { Effect } from '../transport/conductor-state.js';

export type Generate = Extract<Effect, { kind: 'generate' }>;

/** What the engine is asked for: the preset's ways of making notes on top of the model's own. */
export const drawRequest = (
  { seed, sketch, preset, chords }: Pick<Generate, 'seed' | 'sketch' | 'preset' | 'chords'>,
  info: EngineInfo,
): DrawRequest => ({
  seed,
  sketch,
  knobs: preset.knobs,
  preset: preset.name,
  chords,
  decoding: { ...info.decoding, ...preset.decoding },
});
