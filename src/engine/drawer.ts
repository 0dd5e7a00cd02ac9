import { DaimonError } from '../errors.js';
import { DEFAULT_DECODING } from '../music/decoding.js';
import { type Latent, type LatentShape, latentSize, noiseFrom } from '../music/latent.js';
import { PITCHES, type PianoRoll, type RollShape, rollOf } from '../music/roll.js';
import { STEPS_PER_BLOCK } from '../music/units.js';
import type { Network } from './backends/backend.js';
import { openBackend } from './backends/open.js';
import { findBundle, readKnobs, readWeights } from './bundle.js';
import { noiseShapeOf, rollShapeOf } from './card.js';
import { decode } from './decode/decode.js';
import type { Drawn, DrawRequest, EngineInfo } from './engine.js';
import { componentInfo, knobInfo } from './knobs/knobs.js';
import type { EngineSetup } from './messages.js';

/** A model's networks, loaded, and the way from a seed to a block. Lives on the engine's thread. */
export class Drawer {
  readonly info: EngineInfo;
  readonly #shape: RollShape;
  readonly #noise: LatentShape;
  readonly #generator: Network;
  readonly #prior: Network | null;

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
  }

  /** Rejects with a DaimonError `model`, `backend` or `option`. */
  static async open({ model, roots, backend: choice, provider }: EngineSetup): Promise<Drawer> {
    const bundle = await findBundle(model, roots);
    const weights = await readWeights(bundle);
    const knobs = await readKnobs(bundle);
    const backend = await openBackend(choice, provider);
    const { card } = bundle;
    const drawer = new Drawer(
      {
        model,
        backend: backend.name,
        reason: backend.reason,
        latentShape: card.architecture.latent,
        decoding: { ...DEFAULT_DECODING, ...card.decoding },
        knobs: (knobs?.knobs ?? []).map(knobInfo),
        components: (knobs?.components ?? []).map(componentInfo),
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
  async draw({ seed, temperature, latent: given, preset, decoding }: DrawRequest): Promise<Drawn> {
    const latent = given ?? (await this.#latentOf(scaled(noiseFrom(seed, this.#noise), temperature)));
    const roll = await this.#rollOf(latent);
    return { roll, block: { model: this.info.model, preset, seed, latent, notes: decode(roll, decoding) } };
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
    const wanted = dimensions(this.info.latentShape);
    const got = dimensions(latent.shape);
    if (!equal(got, wanted) || latent.values.length !== latentSize(latent.shape)) {
      throw new DaimonError(
        'draw',
        `A latent of ${got.slice(1).join(' x ')} does not fit model "${this.info.model}", which takes ` +
          `${wanted.slice(1).join(' x ')}: draw one with this model, or start the model it came from.`,
      );
    }
    const values = await this.#compute(this.#generator, latent, [1, this.#shape.planes, PITCHES, STEPS_PER_BLOCK]);
    return rollOf(values, this.#shape);
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
