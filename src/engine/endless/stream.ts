import type { Latent, LatentShape } from '../../music/latent.js';
import { deriveSeed, type Seed } from '../../music/random.js';
import type { PianoRoll } from '../../music/roll.js';
import { type Ends, endsOf, misfit } from './fit.js';

/** What a stream is drawn with. */
export interface StreamNetworks {
  readonly latentShape: LatentShape;
  /** A seed's noise, scaled by a temperature. */
  noise(seed: Seed, temperature: number): Latent;
  /** Noise to latent. */
  locate(noise: Latent): Promise<Latent>;
  /** A latent to a roll of sixteen bars. */
  draw(latent: Latent): Promise<PianoRoll>;
}

/** Music without end: blocks of 8 columns that lie side by side, each a function of the seed and its index alone. */
export interface Stream {
  /** The 8 columns of a block. */
  block(seed: Seed, temperature: number, index: number): Promise<Latent>;
}

/** An odd block is the best of so many: by `npm run bench -- seam` they do, and a jump then costs 19 draws. */
const CANDIDATES = 8;
/** How much of its neighbour's noise a candidate's outer column has: by it they are about as alike as columns inside. */
const SHARED = 0.4;
/** Blocks remembered: played in order, each is then drawn once. A jump needs five. */
const REMEMBERED = 8;

interface Place {
  readonly noise: Latent;
  readonly latent: Latent;
  readonly ends: Ends;
}

/**
 * Blocks of even index are drawn freely. An odd one is chosen so that it follows from one neighbour and leads to the
 * other: of several, with noise like theirs at its ends, the one whose first and last two bars fit them best. So a block
 * hangs on no more than two blocks on either side, and none need be drawn from the beginning.
 */
export function newStream(networks: StreamNetworks): Stream {
  const remembered = new Map<string, Place>();

  const place = async (seed: Seed, temperature: number, index: number): Promise<Place> => {
    const key = `${seed} ${temperature} ${index}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const isFree = index % 2 === 0;
    const drawn = isFree
      ? await located(networks.noise(freeSeed(seed, index), temperature))
      : await best(seed, temperature, index);
    remembered.set(key, drawn);
    for (const oldest of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(oldest);
    return drawn;
  };

  const located = async (noise: Latent): Promise<Place> => {
    const latent = await networks.locate(noise);
    return { noise, latent, ends: endsOf(await networks.draw(latent)) };
  };

  const best = async (seed: Seed, temperature: number, index: number): Promise<Place> => {
    const before = await place(seed, temperature, index - 1);
    const after = await place(seed, temperature, index + 1);
    let chosen: Place | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < CANDIDATES; k++) {
      const own = networks.noise(deriveSeed(deriveSeed(seed, index), k), temperature);
      const kind = k % 2 === 0 ? after.noise : before.noise;
      const candidate = await located(between(own, before.noise, after.noise, kind, networks.latentShape));
      const ill = misfit(before.ends.last, candidate.ends.first) + misfit(candidate.ends.last, after.ends.first);
      if (chosen === null || ill < least) [chosen, least] = [candidate, ill];
    }
    return chosen!;
  };

  return {
    block: async (seed, temperature, index) => (await place(seed, temperature, index)).latent,
  };
}

/** A stream begins with the block that its seed draws by itself. */
const freeSeed = (seed: Seed, index: number): Seed => (index === 0 ? seed : deriveSeed(seed, index));

/**
 * Noise that leads from one block's to another's: its first column has to do with the last of the one before, its last
 * with the first of the one after. Channels beyond the latent's tell a prior what kind of block to draw, its form say:
 * they are as another block has them, so that a kind lasts for a while.
 */
function between(own: Latent, before: Latent, after: Latent, kind: Latent, { channels }: LatentShape): Latent {
  const { shape } = own;
  const values = Float32Array.from(own.values);
  const last = shape.columns - 1;
  for (let row = 0; row < channels * shape.rows; row++) {
    const at = row * shape.columns;
    values[at] = shared(values[at], before.values[at + last]);
    values[at + last] = shared(values[at + last], after.values[at]);
  }
  const beyond = channels * shape.rows * shape.columns;
  values.set(kind.values.subarray(beyond), beyond);
  return { shape, values };
}

/** Its variance stays what it was. */
const shared = (own: number, other: number): number => Math.sqrt(1 - SHARED ** 2) * own + SHARED * other;
