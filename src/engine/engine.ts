import type { Block } from '../music/block.js';
import type { Decoding } from '../music/decoding.js';
import type { Latent, LatentShape } from '../music/latent.js';
import type { Seed } from '../music/random.js';
import type { PianoRoll } from '../music/roll.js';
import type { ComponentInfo, KnobInfo } from './knobs/knobs.js';

export interface EngineInfo {
  readonly model: string;
  /** Backend and where it runs, e.g. `onnx (cpu)`. */
  readonly backend: string;
  /** One sentence: why this backend, and what was passed over. */
  readonly reason: string;
  readonly latentShape: LatentShape;
  /** How this model's rolls are best read: the defaults, with what its card overrides. Presets are read on top. */
  readonly decoding: Decoding;
  /** What of its music can be turned, and raw directions of its latents; none where nobody has looked for them. */
  readonly knobs: readonly KnobInfo[];
  readonly components: readonly ComponentInfo[];
}

/** `onnx`: onnxruntime, native or as WebAssembly. `tfjs`: TensorFlow.js on tfjs-node-gpu, where the user has added it. */
export type BackendChoice = 'onnx' | 'tfjs';

export interface EngineOptions {
  /** A bundle's name. */
  readonly model: string;
  /** A further folder of bundles, searched before the user's and the shipped ones. */
  readonly modelsDir: string | null;
  readonly backend: BackendChoice;
  /** Providers of onnxruntime in order of preference, as in `cuda,webgpu`; null for the default, the CPU. */
  readonly provider: string | null;
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

/** So many draws may wait at once: a minute of work. The daemon asks for one block at a time, a render for a few. */
export const MAX_WAITING_DRAWS = 64;

/**
 * Draws blocks on a thread of its own, in the order asked. A draw rejects with a DaimonError `draw` or `model`; one
 * failed draw does not end the engine. Closing rejects what still waits.
 */
export interface Engine {
  readonly info: EngineInfo;
  draw(request: DrawRequest): Promise<Drawn>;
  close(): Promise<void>;
}
