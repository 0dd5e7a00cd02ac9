import { DaimonError } from '../errors.js';
import { DEFAULT_DECODING, type Decoding } from '../music/decoding.js';
import { type Latent, type LatentShape, latentSize, noiseFrom } from '../music/latent.js';
import type { Note } from '../music/note.js';
import type { Phrase } from '../music/phrase.js';
import { type Seed, seed as seedOf } from '../music/random.js';
import { PITCHES, type PianoRoll, type RollShape, rollOf } from '../music/roll.js';
import type { Knobs } from '../music/sketch.js';
import { STEPS_PER_BLOCK, type Step } from '../music/units.js';
import type { Network } from './backends/backend.js';
import { openBackend } from './backends/open.js';
import { findBundle, readKnobs, readWeights } from './bundle.js';
import { noiseShapeOf, rollShapeOf } from './card.js';
import { decode, type Moment } from './decode/decode.js';
import { earlier, turned } from './decode/turned.js';
import { notesOfHalves } from './endless/reading.js';
import { newStream, type Stream } from './endless/stream.js';
import { ownColumns, stretchFrom, WIDE_COLUMNS, windowsOf } from './endless/surroundings.js';
import type { Drawn, DrawRequest, EngineInfo, Located } from './engine.js';
import { componentInfo, knobInfo, type ModelKnobs } from './knobs/knobs.js';
import { steered } from './knobs/steered.js';
import { Locator, type LocatorParts } from './locate/locator.js';
import type { EngineSetup } from './messages.js';
import { remembered } from './remembered.js';
import { type Pencil, sketched } from './sketching.js';

interface DrawerParts {
  readonly info: EngineInfo;
  readonly shape: RollShape;
  readonly noise: LatentShape;
  readonly generator: Network;
  readonly prior: Network | null;
  readonly knobs: Pick<ModelKnobs, 'knobs' | 'components'>;
  /** The way back, from notes to a latent. */
  readonly way: Pick<LocatorParts, 'card' | 'backend' | 'generator' | 'encoder'>;
}

interface Read {
  readonly roll: PianoRoll;
  readonly notes: readonly Note[];
}

/** Of each kind: what plays and what comes next, with their surroundings; a roll's values take 64 KiB a plane. */
const REMEMBERED = 6;

/** A model's networks, loaded, and the way from a seed to a block. Lives on the engine's thread. */
export class Drawer {
  readonly info: EngineInfo;
  readonly #shape: RollShape;
  readonly #noise: LatentShape;
  readonly #generator: Network;
  readonly #prior: Network | null;
  readonly #locator: Locator;
  readonly #knobs: Pick<ModelKnobs, 'knobs' | 'components'>;
  readonly #pencil: Pencil;
  readonly #stream: Stream;
  /** [planes, 64, 256] of a latent. A choice about notes that changes asks for the same ones again. */
  readonly #valuesOf = remembered(REMEMBERED, isSameLatent, (latent: Latent) => this.#generate(latent));

  private constructor({ info, shape, noise, generator, prior, knobs, way }: DrawerParts) {
    this.info = info;
    this.#shape = shape;
    this.#noise = noise;
    this.#generator = generator;
    this.#prior = prior;
    this.#knobs = knobs;
    this.#locator = new Locator({
      ...way,
      rollShape: shape,
      rollOf: (latent) => this.#rollOf(latent),
      latentOf: (network, input) => this.#through(network, input),
    });
    const noiseOf = (seed: Seed, temperature: number): Latent => scaled(noiseFrom(seed, noise), temperature);
    const locate = remembered(REMEMBERED, isSameLatent, (from: Latent) => this.#latentOf(from));
    this.#stream = newStream({
      latentShape: info.latentShape,
      noise: noiseOf,
      locate,
      draw: (latent) => this.#rollOf(latent),
    });
    this.#pencil = {
      draw: (seed, temperature) => locate(noiseOf(seed, temperature)),
      stream: this.#stream.block,
      check: (latent) => this.#fitting(latent),
    };
  }

  /** Rejects with a DaimonError `model`, `backend` or `option`. */
  static async open({ model, roots, backend: choice, provider }: EngineSetup): Promise<Drawer> {
    const bundle = await findBundle(model, roots);
    const weights = await readWeights(bundle);
    const knobs = (await readKnobs(bundle)) ?? { knobs: [], components: [] };
    const backend = await openBackend(choice, provider);
    const { card } = bundle;
    const drawer = new Drawer({
      info: {
        model,
        backend: backend.name,
        reason: backend.reason,
        latentShape: card.architecture.latent,
        decoding: { ...DEFAULT_DECODING, ...card.decoding },
        knobs: knobs.knobs.map(knobInfo),
        components: knobs.components.map(componentInfo),
      },
      shape: rollShapeOf(card),
      noise: noiseShapeOf(card),
      generator: await backend.load(weights.generator),
      prior: weights.prior === null ? null : await backend.load(weights.prior),
      knobs,
      way: { card, backend, generator: weights.generator, encoder: weights.encoder },
    });
    await drawer.#tryOut();
    return drawer;
  }

  /** From a sketch to a latent, through the generator to a roll, to notes. */
  async draw({ sketch, knobs, seed, preset, decoding, chords }: DrawRequest): Promise<Drawn> {
    const latent = await sketched(sketch, this.#pencil);
    const drawn = await sketched(sketch, this.#pencil, (own) => steered(own, this.#knobs, this.#known(knobs)));
    const read = latent.shape.columns === WIDE_COLUMNS ? this.#wide : this.#narrow;
    const { roll, notes } = await read.call(this, drawn, decoding, { seed, chords });
    return { roll, block: { model: this.info.model, preset, seed, latent, knobs, notes } };
  }

  /** A preset may name knobs that another model has. */
  #known(knobs: Knobs): Knobs {
    const names = [...this.info.knobs, ...this.info.components].map(({ name }) => name);
    return Object.fromEntries(Object.entries(knobs).filter(([name]) => names.includes(name)));
  }

  async #narrow(latent: Latent, decoding: Decoding, moment: Moment): Promise<Read> {
    const roll = await this.#rollOf(latent);
    return { roll, notes: decode(roll, decoding, moment) };
  }

  async #wide(latent: Latent, decoding: Decoding, { seed, chords }: Moment): Promise<Read> {
    const drawn: Float32Array[] = [];
    for (const window of windowsOf(latent)) drawn.push(await this.#valuesOf(window));
    const stretch = (column: number): PianoRoll => rollOf(stretchFrom(drawn, column), this.#shape);
    const read = (column: number, from: Step): readonly Note[] =>
      decode(stretch(column), turned(decoding, from), { seed, chords: earlier(chords, from) });
    return { roll: stretch(0), notes: notesOfHalves(read) };
  }

  /** Notes to the latent whose block is nearest to them. */
  locate(phrase: Phrase): Promise<Located> {
    return this.#locator.locate(phrase);
  }

  /**
   * A step of work ahead, of one draw at most, for when nothing is asked: a jump in a stream is then as quick as a draw.
   * False, if there is none.
   */
  scout(): Promise<boolean> {
    return this.#stream.scout();
  }

  async close(): Promise<void> {
    await this.#locator.close();
    await this.#prior?.close();
    await this.#generator.close();
  }

  /** A model that does not fit its card is refused at the start, not on the first downbeat; and the first draw is warm. */
  async #tryOut(): Promise<void> {
    const noise = { shape: this.#noise, values: new Float32Array(latentSize(this.#noise)) };
    try {
      decode(await this.#rollOf(await this.#latentOf(noise)), this.info.decoding, { seed: seedOf(0) });
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
    return this.#prior === null ? noise : this.#through(this.#prior, noise);
  }

  async #through(network: Network, input: Latent): Promise<Latent> {
    const shape = this.info.latentShape;
    return { shape, values: await this.#compute(network, input, dimensions(shape)) };
  }

  #fitting(latent: Latent): Latent {
    const wanted = dimensions(this.info.latentShape);
    const got = dimensions(latent.shape);
    if (equal(dimensions(ownColumns(latent).shape), wanted) && latent.values.length === latentSize(latent.shape))
      return latent;
    throw new DaimonError(
      'draw',
      `A latent of ${got.slice(1).join(' x ')} does not fit model "${this.info.model}", which takes ` +
        `${wanted.slice(1).join(' x ')}: draw one with this model, or start the model it came from.`,
    );
  }

  async #rollOf(latent: Latent): Promise<PianoRoll> {
    return rollOf(await this.#valuesOf(latent), this.#shape);
  }

  #generate(latent: Latent): Promise<Float32Array> {
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

const isSameLatent = (a: Latent, b: Latent): boolean =>
  a.values.length === b.values.length && a.values.every((value, i) => value === b.values[i]);

const scaled = ({ shape, values }: Latent, factor: number): Latent => ({
  shape,
  values: values.map((v) => v * factor),
});
