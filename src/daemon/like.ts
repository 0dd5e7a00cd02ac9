import type { Engine } from '../engine/engine.js';
import { DECODING_RANGES } from '../music/decoding.js';
import type { Latent } from '../music/latent.js';
import { varied } from '../music/latent-mix.js';
import type { Phrase } from '../music/phrase.js';
import type { Preset } from '../music/preset.js';
import { deriveSeed, type Seed } from '../music/random.js';

/** A phrase to play like. */
export interface Like {
  readonly phrase: Phrase;
  /** 0 plays what is nearest to it, 1 anything. */
  readonly vary: number;
}

export interface Found {
  readonly latent: Latent;
  /** The preset, moved from the model's key to the phrase's. */
  readonly preset: Preset;
}

/** The seed of the other block is none that the take draws. */
const OTHER = 0x7fff_fffe;

/** Where the phrase lies, on the way from there to another draw by the seed; rejects with the engine's DaimonError. */
export async function like(
  engine: Pick<Engine, 'info' | 'draw' | 'locate'>,
  { phrase, vary }: Like,
  preset: Preset,
  seed: Seed,
): Promise<Found> {
  const { latent, move } = await engine.locate(phrase);
  const { min, max } = DECODING_RANGES.transpose;
  const transpose = (preset.decoding.transpose ?? engine.info.decoding.transpose) - move;
  const moved = { ...preset.decoding, transpose: Math.min(Math.max(transpose, min), max) };
  const { block } = await engine.draw({
    seed: deriveSeed(seed, OTHER),
    temperature: preset.temperature,
    latent: null,
    preset: preset.name,
    decoding: engine.info.decoding,
  });
  return { latent: varied(latent, block.latent, vary), preset: { ...preset, decoding: moved } };
}
