/** Seeded randomness. Everything drawn or chosen comes from here, so that a take can be had again. */

/** A seed: an unsigned 32-bit integer. */
export type Seed = number & { readonly seed: unique symbol };

export const MAX_SEED = 0xffff_ffff;

/** Any finite number folded to a seed. */
export const seed = (n: number): Seed => (Math.trunc(n) >>> 0) as Seed;

/** A further seed from a seed and an index, e.g. the seed of the nth block of a take (murmur3's finaliser). */
export function deriveSeed(parent: Seed, index: number): Seed {
  let h = (parent ^ Math.imul(index + 1, 0x9e37_79b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return seed(h ^ (h >>> 16));
}

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
  /** Standard normal. */
  normal(): number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded and warmed up from one word. */
export function randomFrom(from: Seed): Random {
  let a: number = from;
  let b = 0x9e37_79b9;
  let c = 0x243f_6a88;
  let counter = 1;
  const word = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 16; i++) word();
  const uniform = (): number => word() / 4_294_967_296;
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    // Box-Muller; 1 - u keeps the logarithm's argument above zero
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
