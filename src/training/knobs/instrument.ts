import { findBundle } from '../../engine/bundle.js';
import { rollShapeOf } from '../../engine/card.js';
import { Drawer } from '../../engine/drawer.js';
import { plainDraw } from '../../engine/engine.js';
import type { Latent } from '../../music/latent.js';
import type { Note } from '../../music/note.js';
import { type Seed, seed as seedOf } from '../../music/random.js';
import { step, TICKS_PER_STEP } from '../../music/units.js';
import type { Line } from '../corpus/grid.js';
import { SCALARS } from '../evaluation/features.js';
import { floorOf } from '../evaluation/frechet.js';
import type { Reading } from './spread.js';
import { type Music, musicOf, type Trait, traitsFor } from './traits.js';

/** A number that is to stay as in real music; a difference up to its floor is none. */
export interface Statistic {
  readonly name: string;
  readonly floor: number;
}

/** What knobs are looked for on: seeds to latents, latents to numbers. */
export interface Instrument {
  readonly traits: readonly Omit<Trait, 'of'>[];
  /** What stands behind the traits in a reading, and bounds the ranges. */
  readonly statistics: readonly Statistic[];
  /** A block as the model draws it. */
  draw(seed: Seed): Promise<{ readonly latent: Latent; readonly reading: Reading | null }>;
  /** The traits' numbers, then the statistics'; NaN what is not defined. Null: the block is silent. */
  read(latent: Latent): Promise<Reading | null>;
}

export interface OpenInstrument extends Instrument {
  readonly roles: readonly string[];
  readMusic(music: Music): Reading;
  close(): Promise<void>;
}

/** A model as the daemon draws with it. Rejects with a DaimonError `model` or `backend`. */
export async function openInstrument(model: string, roots: readonly string[]): Promise<OpenInstrument> {
  const { roles } = rollShapeOf((await findBundle(model, roots)).card);
  const drawer = await Drawer.open({ model, roots, backend: 'onnx', provider: null });
  const names = roles.map(({ name }) => name);
  const traits = traitsFor(names);
  // by their channels, roles are told apart
  const decoding = { ...drawer.info.decoding, split: 'roles' } as const;
  const readMusic = (music: Music): Reading =>
    Float64Array.from([...traits.map((trait) => trait.of(music)), ...SCALARS.map((name) => music.features[name])]);
  const drawn = async (seed: Seed, given: Latent | null) => {
    const sketch = given === null ? undefined : ({ kind: 'given', latent: given } as const);
    const { notes, latent } = (await drawer.draw(plainDraw(seed, decoding, sketch))).block;
    const silent = notes.length === 0;
    return { latent, reading: silent ? null : readMusic(musicOf(linesOf(notes, roles.length, decoding.channel - 1))) };
  };
  return {
    traits,
    statistics: SCALARS.map((name) => ({ name, floor: floorOf(name) })),
    roles: names,
    draw: (seed) => drawn(seed, null),
    read: async (latent) => (await drawn(seedOf(0), latent)).reading,
    readMusic,
    close: () => drawer.close(),
  };
}

function linesOf(notes: readonly Note[], roles: number, firstChannel: number): Line[] {
  const lines = Array.from({ length: roles }, (): Line[number][] => []);
  for (const { onset, duration, pitch, channel } of notes) {
    const start = onset / TICKS_PER_STEP;
    const end = Math.max(start + 1, Math.round((onset + duration) / TICKS_PER_STEP));
    lines[Math.min(channel - firstChannel, roles - 1)].push({ onset: step(start), end: step(end), pitch });
  }
  return lines;
}
