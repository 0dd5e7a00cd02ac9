import { DaimonError } from '../../errors.js';
import { majorTonic, nearestMove } from '../../music/common-key.js';
import { type Latent, type LatentShape, latentSize } from '../../music/latent.js';
import type { Line } from '../../music/line.js';
import { filling, movedInto, type Phrase, phraseNotes } from '../../music/phrase.js';
import { PITCHES, type PianoRoll, type RollShape } from '../../music/roll.js';
import { BARS_PER_BLOCK, STEPS_PER_BLOCK } from '../../music/units.js';
import type { Backend, Network } from '../backends/backend.js';
import type { Card } from '../card.js';
import type { Located } from '../engine.js';
import type { Graph } from '../graph/graph.js';
import { oneOutput } from '../graph/one-output.js';
import { decodeOnnx } from '../graph/onnx-decode.js';
import { encodeOnnx } from '../graph/onnx-encode.js';
import { descend } from './descend.js';
import { descentGraph } from './descent-graph.js';
import { byHeight, byLikelihood, byName, planesOf, type Voicing } from './voicing.js';

/** Further rounds change little: from a latent that is near, and from none. */
const ROUNDS = 40;
const ROUNDS_FROM_NOTHING = 150;
/** How often notes that came in no roles are given out anew by what the model made of them. */
const REVOICINGS = 2;

/** The networks of a bundle, and how to run them. */
export interface LocatorParts {
  readonly card: Card;
  readonly rollShape: RollShape;
  readonly backend: Backend;
  /** ONNX files. */
  readonly generator: Uint8Array;
  readonly encoder: Uint8Array | null;
  /** Runs the loaded generator. */
  readonly rollOf: (latent: Latent) => Promise<PianoRoll>;
  /** Runs a network on numbers of a shape and holds its answer against a latent's. */
  readonly latentOf: (network: Network, input: Latent) => Promise<Latent>;
}

/**
 * The way back: from notes to the latent whose block is nearest to them. The encoder says where to begin, and descent
 * through the generator comes nearer. Lives on the engine's thread; what it needs is loaded at the first phrase.
 */
export class Locator {
  readonly #parts: LocatorParts;
  readonly #shape: LatentShape;
  #encoder: Promise<Network> | null = null;
  #generator: Graph | null | undefined;

  constructor(parts: LocatorParts) {
    this.#parts = parts;
    this.#shape = parts.card.architecture.latent;
  }

  /** Rejects with a DaimonError: `draw` for a phrase without notes, `model` where there is no way back. */
  async locate(phrase: Phrase): Promise<Located> {
    const { card, rollShape } = this.#parts;
    const { roles, basePitch } = rollShape;
    const all = phraseNotes(phrase);
    if (all.length === 0) throw new DaimonError('draw', 'There is no note in this phrase: play or name another.');
    const move = learnedInOneKey(card) ? nearestMove(majorTonic(all)) : 0;
    const placed = (notes: Line): Line => filling(movedInto(notes, move, basePitch, PITCHES), phrase);

    const named = byName(phrase, roles)?.map(placed);
    const notes = placed(all);
    let voicing: Voicing = named ?? byHeight(notes, roles);
    let latent = await this.#beginning(voicing, null);
    for (let time = 0; named === undefined && roles.length > 1 && time < REVOICINGS; time++) {
      voicing = byLikelihood(notes, await this.#parts.rollOf(latent));
      latent = await this.#beginning(voicing, latent);
    }
    const columns = Math.ceil((phrase.bars * this.#shape.columns) / BARS_PER_BLOCK);
    return { latent: await this.#nearer(latent, voicing, ROUNDS), move, columns };
  }

  async close(): Promise<void> {
    await (await this.#encoder)?.close();
  }

  /** Where to begin, for want of an encoder from a latent that is near already, or from nothing. */
  async #beginning(voicing: Voicing, near: Latent | null): Promise<Latent> {
    const { backend, encoder, latentOf } = this.#parts;
    if (encoder === null) {
      if (near !== null) return this.#nearer(near, voicing, ROUNDS);
      const nothing = { shape: this.#shape, values: new Float32Array(latentSize(this.#shape)) };
      return this.#nearer(nothing, voicing, ROUNDS_FROM_NOTHING);
    }
    this.#encoder ??= backend.load(encodeOnnx(oneOutput(decodeOnnx(encoder), 'latent')));
    const { planes } = this.#parts.rollShape;
    const shape = { channels: planes, rows: PITCHES, columns: STEPS_PER_BLOCK };
    return latentOf(await this.#encoder, { shape, values: this.#target(voicing) });
  }

  async #nearer(from: Latent, voicing: Voicing, rounds: number): Promise<Latent> {
    const generator = this.#readGenerator();
    const descent = generator && descentGraph(generator, this.#target(voicing));
    if (descent === null) {
      if (this.#parts.encoder !== null) return from;
      throw new DaimonError(
        'model',
        `Model "${this.#parts.card.name}" knows no way from notes to a latent: it has no encoder, and a generator of a ` +
          'kind that daimon does not know. Choose another model.',
      );
    }
    const network = await this.#parts.backend.load(encodeOnnx(descent));
    try {
      return await descend(from, async (latent) => (await this.#parts.latentOf(network, latent)).values, rounds);
    } finally {
      await network.close();
    }
  }

  #target(voicing: Voicing): Float32Array {
    const { basePitch, planes } = this.#parts.rollShape;
    return planesOf(voicing, basePitch, planes);
  }

  /** Null where it holds what no network of ours does. */
  #readGenerator(): Graph | null {
    if (this.#generator === undefined) {
      try {
        this.#generator = decodeOnnx(this.#parts.generator);
      } catch (error) {
        if (!(error instanceof DaimonError)) throw error;
        this.#generator = null;
      }
    }
    return this.#generator;
  }
}

/** Its music was moved to C major and A minor. Where that is not known, a phrase stays in its key. */
const learnedInOneKey = ({ keys = [] }: Card): boolean => keys.some(({ move }) => move !== 0);
