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
  /**
   * A step of finding more of the stream that was asked for last, those blocks first that are nearest to the one asked
   * for: a jump there then has nothing to find. A step draws once at most. False, if there is nothing left to do.
   */
  scout(): Promise<boolean>;
}

/** An odd block is the best of so many: by `npm run bench -- seam` they do. To find a block by itself takes 19 draws. */
const CANDIDATES = 8;
/** How much of its neighbour's noise a candidate's outer column has: by it they are about as alike as columns inside. */
const SHARED = 0.4;
/** Free blocks remembered whole: what plays and what is scouted, ahead and behind, have two or three each. */
const REMEMBERED = 8;
/** Blocks whose latents are remembered, some 2 kB each: as many as are scouted, of a morph's streams as well. */
const FOUND = 512;
/** Blocks scouted to either side: half an hour of 4/4 at 120 BPM. */
const SCOUTED = 64;

/** The block before the first one is never played, and known for what leads in. */
const FIRST = -1;

interface Place {
  readonly noise: Latent;
  readonly latent: Latent;
  readonly ends: Ends;
}

/** Finds something, and stops after each draw. */
type Search<Found> = AsyncGenerator<void, Found>;

/**
 * Blocks of even index are drawn freely. An odd one is chosen so that it follows from one neighbour and leads to the
 * other: of several, with noise like theirs at its ends, the one whose first and last two bars fit them best. So a block
 * hangs on no more than two blocks on either side, and none need be drawn from the beginning.
 */
export function newStream(networks: StreamNetworks): Stream {
  const places = new Map<string, Place>();
  const found = new Map<string, Latent>();
  let asked: { readonly seed: Seed; readonly temperature: number; readonly index: number } | null = null;
  let scouting: Search<Latent> | null = null;

  async function* findFree(seed: Seed, temperature: number, index: number): Search<Place> {
    const key = keyOf(seed, temperature, index);
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = await located(networks.noise(freeSeed(seed, index), temperature));
    keep(places, key, place, REMEMBERED);
    yield;
    return place;
  }

  const located = async (noise: Latent): Promise<Place> => {
    const latent = await networks.locate(noise);
    return { noise, latent, ends: endsOf(await networks.draw(latent)) };
  };

  async function* findBest(seed: Seed, temperature: number, index: number): Search<Place> {
    const before = yield* findFree(seed, temperature, index - 1);
    const after = yield* findFree(seed, temperature, index + 1);
    let chosen: Place | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < CANDIDATES; k++) {
      const own = networks.noise(deriveSeed(deriveSeed(seed, index), k), temperature);
      const kind = k % 2 === 0 ? after.noise : before.noise;
      const candidate = await located(between(own, before.noise, after.noise, kind, networks.latentShape));
      const ill = misfit(before.ends.last, candidate.ends.first) + misfit(candidate.ends.last, after.ends.first);
      if (chosen === null || ill < least) [chosen, least] = [candidate, ill];
      yield;
    }
    return chosen!;
  }

  async function* find(seed: Seed, temperature: number, index: number): Search<Latent> {
    const key = keyOf(seed, temperature, index);
    const known = found.get(key);
    if (known !== undefined) return known;
    const { latent } = yield* (index % 2 === 0 ? findFree : findBest)(seed, temperature, index);
    keep(found, key, latent, FOUND);
    return latent;
  }

  /** The nearest block that is not known yet, if one is to be. */
  const nearestUnknown = (): Search<Latent> | null => {
    if (asked === null) return null;
    const { seed, temperature, index: middle } = asked;
    for (let away = 1; away <= SCOUTED; away++) {
      for (const index of [middle + away, middle - away]) {
        if (index >= FIRST && !found.has(keyOf(seed, temperature, index))) return find(seed, temperature, index);
      }
    }
    return null;
  };

  return {
    block: async (seed, temperature, index) => {
      if (asked?.seed !== seed || asked.temperature !== temperature) scouting = null;
      asked = { seed, temperature, index };
      const search = find(seed, temperature, index);
      for (;;) {
        const { done, value } = await search.next();
        if (done) return value;
      }
    },
    scout: async () => {
      scouting ??= nearestUnknown();
      if (scouting === null) return false;
      const { done } = await scouting.next();
      if (done) scouting = null;
      return true;
    },
  };
}

const keyOf = (seed: Seed, temperature: number, index: number): string => `${seed} ${temperature} ${index}`;

/** The oldest are forgotten when there are more than `most`. */
function keep<T>(known: Map<string, T>, key: string, value: T, most: number): void {
  known.set(key, value);
  for (const oldest of [...known.keys()].slice(0, -most)) known.delete(oldest);
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
