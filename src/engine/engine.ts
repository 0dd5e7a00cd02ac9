import type { Block } from '../music/block.js';
import type { Decoding } from '../music/decoding.js';
import type { Latent, LatentShape } from '../music/latent.js';
import type { Seed } from '../music/random.js';
import type { PianoRoll } from '../music/roll.js';

export interface EngineInfo {
  readonly model: string;
  /** Backend and where it runs, e.g. `onnx (cpu)`. */
  readonly backend: string;
  /** One sentence: why this backend, and what was passed over. */
  readonly reason: string;
  readonly latentShape: LatentShape;
}

export interface DrawRequest {
  /** Gives the noise, unless `latent` is set; always kept with the block. */
  readonly seed: Seed;
  readonly temperature: number;
  /** Drawn from directly, past the noise and the prior, when given. */
  readonly latent: Latent | null;
  readonly preset: string;
  readonly decoding: Decoding;
}

export interface Drawn {
  readonly block: Block;
  readonly roll: PianoRoll;
}

/** Draws blocks on a thread of its own. Rejects with a DaimonError; one failed draw does not end it. */
export interface Engine {
  readonly info: EngineInfo;
  draw(request: DrawRequest): Promise<Drawn>;
  close(): Promise<void>;
}
