import type { Engine } from '../engine/engine.js';
import { DECODING } from '../music/decoding.js';
import type { Phrase } from '../music/phrase.js';
import type { Preset } from '../music/preset.js';
import { cellsOf, type Theme } from '../music/sketch.js';

/** A phrase to play like. */
export interface Like {
  readonly phrase: Phrase;
  /** 0 plays what is nearest to it, 1 anything. */
  readonly vary: number;
}

export interface Found {
  readonly theme: Theme;
  /** The preset, moved from the model's key to the phrase's. */
  readonly preset: Preset;
}

/** Where the phrase lies, as a theme to vary; rejects with the engine's DaimonError. */
export async function like(
  engine: Pick<Engine, 'info' | 'locate'>,
  { phrase, vary }: Like,
  preset: Preset,
): Promise<Found> {
  const { latent, move } = await engine.locate(phrase);
  const { min, max } = DECODING.transpose;
  const transpose = (preset.decoding.transpose ?? engine.info.decoding.transpose) - move;
  const moved = { ...preset.decoding, transpose: Math.min(Math.max(transpose, min), max) };
  return { theme: { latent, cells: cellsOf([]), amount: vary }, preset: { ...preset, decoding: moved } };
}
