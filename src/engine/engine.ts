import type { Block } from '../music/block.js';
import type { Chord } from '../music/chord.js';
import type { Decoding } from '../music/decoding.js';
import type { Latent, LatentShape } from '../music/latent.js';
import type { Phrase } from '../music/phrase.js';
import type { Seed } from '../music/random.js';
import type { PianoRoll } from '../music/roll.js';
import type { Knobs, Sketch } from '../music/sketch.js';
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
  readonly sketch: Sketch;
  readonly knobs: Knobs;
  /** Kept with the block; what is chosen by chance while notes are made is chosen by it. */
  readonly seed: Seed;
  readonly preset: string;
  readonly decoding: Decoding;
  /** Those to follow, as far as the decoding says. */
  readonly chords: readonly Chord[];
}

/** By no preset: of a seed and nothing else, or of what is sketched. */
export const plainDraw = (
  seed: Seed,
  decoding: Decoding,
  sketch: Sketch = { kind: 'seed', seed, temperature: 1 },
): DrawRequest => ({ sketch, knobs: {}, seed, preset: '', decoding, chords: [] });

export interface Drawn {
  readonly block: Block;
  readonly roll: PianoRoll;
}

/** Where a phrase lies in latent space. */
export interface Located {
  readonly latent: Latent;
  /** Semitones by which the phrase was moved to the key that the model draws in: transposed back by as many, it is in its own. */
  readonly move: number;
  /** The latent's columns, from the first on, that hold the phrase itself; the others hold it again. */
  readonly columns: number;
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
  /** The latent whose block is nearest to a phrase: the work of some twenty draws, which it waits its turn among. */
  locate(phrase: Phrase): Promise<Located>;
  close(): Promise<void>;
}
