import { norm } from './linear.js';
import type { Response } from './responses.js';
import { selective } from './selective.js';

/** A trait whose answers a gradient tells less of than this goes its own ways. */
const LEAST_TOLD = 0.1;
/** Below it, a knob wants to go further to be heard above what else happens. */
const WELL_TOLD = 0.4;
/** Of its own effect, what a knob may have on another trait. */
const TOLERANCE = 0.18;
/** Of the columns' standard deviations, how far a knob may go for one of its trait: twice as far is no music any more. */
const FURTHEST = 3.6;
/** A trait that nobody asked for has to be as much easier to reach. */
const UNWANTED = 1.25;

export interface Choice {
  /** Indices of traits. */
  readonly chosen: readonly number[];
  /** Of the others: what is in the way. */
  readonly inTheWay: ReadonlyMap<number, string>;
}

/**
 * Traits that can be turned apart from each other: one after the other that after which the one of them that is worst
 * to reach is best. `wanted` has one for each trait; `passed` are not looked at.
 */
export function choose(
  responses: readonly Response[],
  wanted: readonly boolean[],
  passed: ReadonlySet<number>,
  most: number,
): Choice {
  const able = wanted.flatMap((_, k) => (passed.has(k) || responses[k].told < LEAST_TOLD ? [] : [k]));
  const chosen: number[] = [];
  const costAmong = (k: number): number => {
    const set = [...chosen, k];
    const gradients = set.map((one) => responses[one].gradient);
    const tolerances = set.map(() => TOLERANCE);
    const worst = Math.max(
      ...set.map(
        (one, i) => norm(selective(gradients, i, tolerances)) / Math.sqrt(Math.min(1, responses[one].told / WELL_TOLD)),
      ),
    );
    return wanted[k] ? worst : worst * UNWANTED;
  };
  const inTheWay = new Map<number, string>();
  wanted.forEach((_, k) => {
    if (able.includes(k) || passed.has(k)) return;
    inTheWay.set(k, `of what moves do to it, a direction tells ${Math.max(0, Math.round(100 * responses[k].told))} %`);
  });
  while (chosen.length < most) {
    const left = able.filter((k) => !chosen.includes(k)).map((k) => ({ k, cost: costAmong(k) }));
    const best = left.reduce<{ k: number; cost: number } | null>(
      (a, b) => (a === null || b.cost < a.cost ? b : a),
      null,
    );
    if (best === null || best.cost > FURTHEST) break;
    chosen.push(best.k);
  }
  for (const k of able.filter((one) => !chosen.includes(one))) {
    inTheWay.set(k, chosen.length === most ? 'there are others enough' : 'it is not to be had apart from the others');
  }
  return { chosen, inTheWay };
}
