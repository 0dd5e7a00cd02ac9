import type { Decoding } from './decoding.js';
import type { Feel } from './feel.js';
import type { Seed } from './random.js';

/** What to do when the next block is not there at its downbeat: play the last one again, or rest. */
export type WhenLate = 'repeat' | 'rest';

/** A character to play in: where in latent space to draw, and how to turn the roll into notes. */
export interface Preset {
  /** As in its file name: lower case, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The take's seed; null leaves the choice to the player. */
  readonly seed: Seed | null;
  /** Scales the noise before the prior, 0..2: 0 is the model's most typical block, above 1 is wild. */
  readonly temperature: number;
  readonly whenLate: WhenLate;
  /** What this preset asks of the notes; the rest is as the model's card has it. */
  readonly decoding: Partial<Decoding>;
  readonly feel: Feel;
}
