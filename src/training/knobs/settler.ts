import type { DrawnBlock } from './blocks.js';
import { changedEffect } from './effects.js';
import { LEAST_RHO, MOST_LEAK } from './effort.js';
import { fitted } from './fit.js';
import { type Judgement, tryOut, UNTRIED } from './trial.js';
import { type Candidate, type Search, steeringOf, tune } from './tune.js';

/** Blocks that the search has not tried its candidates on: to fit them on, and to hold them to the gates on. */
export interface SettlingBlocks {
  readonly fits: readonly DrawnBlock[];
  readonly checks: readonly DrawnBlock[];
}

/** A candidate, and what it did beside others on blocks that nothing was tried on; where it was not worth that, in its fit. */
export interface Settled {
  readonly candidate: Candidate;
  effects(set: readonly number[]): Pick<Judgement, 'rho' | 'leak'>;
}

export interface Settler {
  /** Mends and fits one beside a set, and looks at it. */
  settle(begun: Candidate, set: readonly number[]): Promise<Settled>;
  /** The better of one and what another try makes of it; the same once it has had its tries. */
  again(one: Settled, set: readonly number[]): Promise<Settled>;
}

/** Of a check: about one standard error of a correlation on it, so that what is measured on other draws holds. */
const SPARE_RHO = 0.01;
const SPARE_LEAK = 0.02;
/** What falls short by more than this is not worth a fit; and a fit, on the blocks that it was made on, is not worth a check. */
const HOPELESS = { mended: -0.12, fitted: -0.03 };
const MENDS = 2;
const TRIES = 3;
/** The same chances for all checks of a trait, and others than of any fit. */
const PART = 48;

/** What there is to spare at the gates; below 0 one does not hold. */
const spare = ({ rho, leak }: Pick<Judgement, 'rho' | 'leak'>): number =>
  Math.min(rho - LEAST_RHO - SPARE_RHO, MOST_LEAK - SPARE_LEAK - leak);

export const spareOf = ({ effects }: Settled, set: readonly number[]): number => spare(effects(set));

export function settlerOf(model: Search, { fits, checks }: SettlingBlocks): Settler {
  const fitting: Search = { ...model, trials: fits };
  const checking: Search = { ...model, trials: checks };
  const tries = new Map<number, number>();
  const settle = async (begun: Candidate, set: readonly number[]): Promise<Settled> => {
    const { trait } = begun;
    tries.set(trait, (tries.get(trait) ?? 0) + 1);
    const mended = await tune(fitting, { ...begun, ...UNTRIED }, set, MENDS);
    if (spare(mended) < HOPELESS.mended) return { candidate: mended, effects: () => mended };
    const candidate = await fitted(fitting, mended, set);
    if (spare(candidate) < HOPELESS.fitted) return { candidate, effects: () => candidate };
    const seen = await tryOut(checking, steeringOf(checking, candidate), trait, PART);
    return { candidate, effects: (beside) => changedEffect(seen, trait, beside) };
  };
  return {
    settle,
    async again(one, set) {
      if ((tries.get(one.candidate.trait) ?? 0) >= TRIES) return one;
      const next = await settle(one.candidate, set);
      return spareOf(next, set) > spareOf(one, set) ? next : one;
    },
  };
}
