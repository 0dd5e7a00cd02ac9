import type { Engine } from '../engine/engine.js';
import type { Phrase } from '../music/phrase.js';
import type { Preset } from '../music/preset.js';
import { cellsOf, type Theme } from '../music/sketch.js';

/** A phrase to play like. */
export interface Like {
  readonly phrase: Phrase;
  /** 0 plays what is nearest to it, 1 anything. */
  readonly vary: number;
}

/** Where the phrase lies, as a theme to vary, in the phrase's own key; rejects with the engine's DaimonError. */
export async function like(
  engine: Pick<Engine, 'info' | 'locate'>,
  { phrase, vary }: Like,
  { decoding }: Preset,
): Promise<Theme> {
  const { latent, move } = await engine.locate(phrase);
  // a theme's is on top of the preset's, which stands in for the model's
  const ofModel = decoding.transpose === undefined ? engine.info.decoding.transpose : 0;
  return { latent, cells: cellsOf([]), amount: vary, transpose: ofModel - move };
}
