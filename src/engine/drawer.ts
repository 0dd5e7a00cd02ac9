import { DaimonError } from '../errors.js';
import { DEFAULT_DECODING, type Decoding } from '../music/decoding.js';
import { type Latent, type LatentShape, latentSize, noiseFrom } from '../music/latent.js';
import type { Note } from '../music/note.js';
import type { Seed } from '../music/random.js';
import { PITCHES, type PianoRoll, type RollShape, rollOf } from '../music/roll.js';
import { STEPS_PER_BLOCK } from '../music/units.js';
import type { Network } from './backends/backend.js';
import { openBackend } from './backends/open.js';
import { findBundle, readWeights } from './bundle.js';
import { noiseShapeOf, rollShapeOf } from './card.js';
import { decode } from './decode/decode.js';
import { notesOfHalves } from './endless/reading.js';
import { newStream, type Stream } from './endless/stream.js';
import { stretchFrom, WIDE_COLUMNS, windowsOf } from './endless/surroundings.js';
import type { Drawn, DrawRequest, EngineInfo } from './engine.js';
import type { EngineSetup } from './messages.js';

interface Read {
  readonly roll: PianoRoll;
  readonly notes: readonly Note[];
}

/** A model's networks, loaded, and the way from a seed to a block. Lives on the engine's thread. */
export class Drawer {
  readonly info: EngineInfo;
  readonly #shape: RollShape;
  readonly #noise: LatentShape;
  readonly #generator: Network;
  readonly #prior: Network | null;
  readonly #stream: Stream;

  private constructor(
    info: EngineInfo,
    shape: RollShape,
    noise: LatentShape,
    generator: Network,
    prior: Network | null,
  ) {
    this.info = info;
    this.#shape = shape;
    this.#noise = noise;
    this.#generator = generator;
    this.#prior = prior;
    this.#stream = newStream({
      latentShape: info.latentShape,
      noise: (seed, temperature) => scaled(noiseFrom(seed, noise), temperature),
      locate: (from) => this.#latentOf(from),
      draw: (latent) => this.#rollOf(latent),
    });
  }

  /** Rejects with a DaimonError `model`, `backend` or `option`. */
  static async open({ model, roots, backend: choice, provider }: EngineSetup): Promise<Drawer> {
    const bundle = await findBundle(model, roots);
    const weights = await readWeights(bundle);
    const backend = await openBackend(choice, provider);
    const { card } = bundle;
    const drawer = new Drawer(
      {
        model,
        backend: backend.name,
        reason: backend.reason,
        latentShape: card.architecture.latent,
        decoding: { ...DEFAULT_DECODING, ...card.decoding },
      },
      rollShapeOf(card),
      noiseShapeOf(card),
      await backend.load(weights.generator),
      weights.prior === null ? null : await backend.load(weights.prior),
    );
    await drawer.#tryOut();
    return drawer;
  }

  /** Noise by the seed, times temperature; through the prior to a latent, through the generator to a roll, to notes. */
  async draw({ seed, temperature, latent: given, endless, preset, decoding }: DrawRequest): Promise<Drawn> {
    const latent = given ?? (await this.#located(seed, temperature, endless));
    const isWide = latent.shape.columns === WIDE_COLUMNS;
    const { roll, notes } = await (isWide ? this.#wide(latent, decoding) : this.#narrow(latent, decoding));
    return { roll, block: { model: this.info.model, preset, seed, latent, notes } };
  }

  #located(seed: Seed, temperature: number, endless: number | undefined): Promise<Latent> {
    if (endless !== undefined) return this.#stream.surrounded(seed, temperature, endless);
    return this.#latentOf(scaled(noiseFrom(seed, this.#noise), temperature));
  }

  async #narrow(latent: Latent, decoding: Decoding): Promise<Read> {
    const roll = await this.#rollOf(latent);
    return { roll, notes: decode(roll, decoding) };
  }

  async #wide(latent: Latent, decoding: Decoding): Promise<Read> {
    const drawn: Float32Array[] = [];
    for (const window of windowsOf(latent)) drawn.push(await this.#valuesOf(window));
    const stretch = (column: number): PianoRoll => rollOf(stretchFrom(drawn, column), this.#shape);
    return { roll: stretch(0), notes: notesOfHalves((column) => decode(stretch(column), decoding)) };
  }

  async close(): Promise<void> {
    await this.#prior?.close();
    await this.#generator.close();
  }

  /** A model that does not fit its card is refused at the start, not on the first downbeat; and the first draw is warm. */
  async #tryOut(): Promise<void> {
    const noise = { shape: this.#noise, values: new Float32Array(latentSize(this.#noise)) };
    try {
      decode(await this.#rollOf(await this.#latentOf(noise)), this.info.decoding);
    } catch (cause) {
      await this.close();
      if (cause instanceof DaimonError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DaimonError('model', `Model "${this.info.model}" does not fit its card (${reason}): fetch it again.`, {
        cause,
      });
    }
  }

  async #latentOf(noise: Latent): Promise<Latent> {
    if (this.#prior === null) return noise;
    const shape = this.info.latentShape;
    return { shape, values: await this.#compute(this.#prior, noise, dimensions(shape)) };
  }

  async #rollOf(latent: Latent): Promise<PianoRoll> {
    return rollOf(await this.#valuesOf(latent), this.#shape);
  }

  /** [planes, 64, 256]. */
  async #valuesOf(latent: Latent): Promise<Float32Array> {
    const wanted = dimensions(this.info.latentShape);
    const got = dimensions(latent.shape);
    if (!equal(got, wanted) || latent.values.length !== latentSize(latent.shape)) {
      throw new DaimonError(
        'draw',
        `A latent of ${got.slice(1).join(' x ')} does not fit model "${this.info.model}", which takes ` +
          `${wanted.slice(1).join(' x ')}: draw one with this model, or start the model it came from.`,
      );
    }
    return this.#compute(this.#generator, latent, [1, this.#shape.planes, PITCHES, STEPS_PER_BLOCK]);
  }

  /** Runs a network on one latent and holds its answer against what it should be. */
  async #compute(network: Network, { shape, values }: Latent, wanted: readonly number[]): Promise<Float32Array> {
    const result = await network.run({ data: values, shape: dimensions(shape) });
    if (!equal(result.shape, wanted)) {
      throw new DaimonError(
        'model',
        `Model "${this.info.model}" gives "${network.output}" as ${result.shape.join(' x ')} where its card promises ` +
          `${wanted.join(' x ')}: fetch or train it again.`,
      );
    }
    if (result.data.every(Number.isFinite)) return result.data;
    throw new DaimonError(
      'draw',
      `Model "${this.info.model}" gave no numbers in "${network.output}" for this latent: draw another, or less wild.`,
    );
  }
}

const dimensions = ({ channels, rows, columns }: LatentShape): readonly number[] => [1, channels, rows, columns];

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);

const scaled = ({ shape, values }: Latent, factor: number): Latent => ({
  shape,
  values: values.map((v) => v * factor),
});
