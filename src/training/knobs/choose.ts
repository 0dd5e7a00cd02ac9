import { norm } from './linear.js';
import type { Response } from './responses.js';
import { selective } from './selective.js';

/** A trait whose answers a gradient tells less of than this goes its own ways. */
export const LEAST_TOLD = 0.1;
/** Below it, a knob wants to go further to be heard above what else happens. */
const WELL_TOLD = 0.4;
/** Of its own effect, what a knob may have on another trait. */
const TOLERANCE = 0.15;
/**
 * Of the columns' standard deviations, how far a knob may have to go for one of its trait's: so far without harm, and so
 * far where nothing nearer is left. Twice as far is no music any more.
 */
const LIMITS = [2.4, 3.4];

/** What is said of a trait that is in the way of the others, or they in its. */
export const APART = 'it is not to be had apart from the others';

export interface Choice {
  /** Indices of traits. */
  readonly chosen: readonly number[];
  /** Of the others: what is in the way. */
  readonly inTheWay: ReadonlyMap<number, string>;
}

/**
 * Traits that can be turned apart from each other. Those that are wanted come first, in their order, as far as all
 * that are chosen stay easy to reach; then of the others the easiest, one by one; then both again, less easily.
 * `wanted` has one for each trait; `passed` are not looked at.
 */
export function choose(
  responses: readonly Response[],
  wanted: readonly boolean[],
  passed: ReadonlySet<number>,
  most: number,
): Choice {
  const able = wanted.flatMap((_, k) => (passed.has(k) || responses[k].told < LEAST_TOLD ? [] : [k]));
  const chosen: number[] = [];
  const costWith = (k: number): number => costOf([...chosen, k], responses);
  for (const limit of LIMITS) {
    for (const k of able.filter((one) => wanted[one] && !chosen.includes(one))) {
      if (chosen.length < most && costWith(k) <= limit) chosen.push(k);
    }
    while (chosen.length < most) {
      const left = able.filter((k) => !chosen.includes(k)).map((k) => ({ k, cost: costWith(k) }));
      const easiest = left.sort((a, b) => a.cost - b.cost)[0];
      if (easiest === undefined || easiest.cost > limit) break;
      chosen.push(easiest.k);
    }
  }
  const inTheWay = new Map<number, string>();
  wanted.forEach((_, k) => {
    if (passed.has(k) || chosen.includes(k)) return;
    const told = `of what moves do to it, a direction tells ${Math.max(0, Math.round(100 * responses[k].told))} %`;
    const full = chosen.length === most ? 'there are others enough' : APART;
    inTheWay.set(k, able.includes(k) ? full : told);
  });
  return { chosen, inTheWay };
}

/** How far the one of a set has to go that has furthest to go. */
function costOf(set: readonly number[], responses: readonly Response[]): number {
  const gradients = set.map((k) => responses[k].gradient);
  const tolerances = set.map(() => TOLERANCE);
  return Math.max(
    ...set.map(
      (k, i) => norm(selective(gradients, i, tolerances)) / Math.sqrt(Math.min(1, responses[k].told / WELL_TOLD)),
    ),
  );
}
