import { atShare, shareOf } from '../../../music/fader.js';
import type { Parameter, Value } from '../../../music/parameter.js';

/**
 * What happens where a fader does not stand where its parameter does, as after another preset. `jump`: the parameter goes
 * to the fader. `pick-up`: it waits until the fader comes by. `scale`: it moves at once, faster or slower than the fader,
 * so that both reach either end together (Ableton Live calls it value scaling).
 */
export const TAKEOVERS = ['jump', 'pick-up', 'scale'] as const;
export type Takeover = (typeof TAKEOVERS)[number];

/** What is remembered of a fader. */
export interface Hold {
  /** Where it stood last, 0..1; null until it has been moved. */
  readonly at: number | null;
  /** Where it brought the parameter. A share is finer than the values of a choice, which would else hold a fader fast. */
  readonly given: { readonly share: number; readonly value: Value } | null;
  /** What the parameter was before a pad was pressed that brings it back. */
  readonly before: Value | null;
}

export const NEW_HOLD: Hold = { at: null, given: null, before: null };

export interface Turned {
  readonly hold: Hold;
  /** What to set; null where nothing is to be set. */
  readonly value: Value | null;
}

/** The coarsest step that a fader has. */
const STEP = 1 / 127;

/** What lies between two shares that are one but for how they were reckoned. */
const SAME = 1e-9;

/** A fader stands at `hand` now, 0..1, and its parameter at `value`. */
export function takeOver(mode: Takeover, hold: Hold, hand: number, parameter: Parameter, value: Value): Turned {
  const standing = shareNow(hold, parameter, value);
  const share = wayOf(mode, hold.at, hand, standing);
  return turnedTo({ ...hold, at: hand }, share, parameter, value);
}

/** The share to go to; null for none. */
function wayOf(mode: Takeover, at: number | null, hand: number, standing: number): number | null {
  switch (mode) {
    case 'jump':
      return hand;
    case 'pick-up': {
      const isHere = Math.abs(hand - standing) <= STEP;
      const hasPassed = at !== null && (at - standing) * (hand - standing) <= 0;
      return isHere || hasPassed ? hand : null;
    }
    case 'scale': {
      if (at === null || hand === at) return null;
      if (Math.abs(at - standing) < SAME) return hand;
      const left = hand > at ? (1 - standing) / (1 - at) : standing / at;
      return standing + (hand - at) * left;
    }
  }
}

/** An encoder takes a whole way in as many steps as a fader; a choice of few in four steps each, as it clicks. */
const clicksOf = (parameter: Parameter): number =>
  parameter.kind === 'choice' ? Math.min(127, 4 * (parameter.options.length - 1)) : 127;

/** An encoder was turned by so many steps. */
export function turnBy(hold: Hold, steps: number, parameter: Parameter, value: Value): Turned {
  const share = shareNow(hold, parameter, value) + steps / Math.max(1, clicksOf(parameter));
  const end = Math.min(Math.max(Math.round(share), 0), 1);
  const isAtEnd = Math.abs(share - end) < SAME || share < 0 || share > 1;
  return turnedTo(hold, isAtEnd ? end : share, parameter, value);
}

function shareNow({ given }: Hold, parameter: Parameter, value: Value): number {
  if (given !== null && given.value === value) return given.share;
  return Math.min(Math.max(shareOf(parameter, value) ?? 0, 0), 1);
}

function turnedTo(hold: Hold, share: number | null, parameter: Parameter, value: Value): Turned {
  const next = share === null ? null : atShare(parameter, share);
  if (share === null || next === null) return { hold, value: null };
  return { hold: { ...hold, given: { share, value: next } }, value: next === value ? null : next };
}
