import { DaimonError } from '../../errors.js';

/** What the numbers of a roll are, and how they become probabilities. */
export type Numbers = 'probabilities' | 'tanh' | 'logits';

export interface Extent {
  readonly least: number;
  readonly most: number;
}

export function extentOf(rolls: readonly Float32Array[]): Extent {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const roll of rolls) {
    for (const value of roll) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { least, most };
}

/** The last place of a float32 or two: a Sigmoid may round to a little more than 1. */
const ROUNDING = 1e-6;

/**
 * Judged by drawn rolls: within 0 and 1 they are probabilities; from -1 to 1 by a Tanh at the end they are the same,
 * stretched; else, some being negative, logits. Throws DaimonError `model` where they are none of these.
 */
export function numbersOf({ least, most }: Extent, last: string | null, from: string): Numbers {
  if (least >= -ROUNDING && most <= 1 + ROUNDING) return 'probabilities';
  if (last === 'Tanh') return 'tanh';
  if (least < 0) return 'logits';
  throw new DaimonError(
    'model',
    `${from} gives numbers from ${short(least)} to ${short(most)}: export it so that they are probabilities, from 0 to 1, or logits.`,
  );
}

/** What a number means as a probability. */
export const probabilityOf: Readonly<Record<Numbers, (value: number) => number>> = {
  probabilities: (value) => value,
  tanh: (value) => (value + 1) / 2,
  logits: (value) => 1 / (1 + Math.exp(-value)),
};

export const short = (value: number): string => String(Number(value.toPrecision(3)));
