import type { Observation } from './effects.js';
import { ENOUGH, judge, sharesInside, tryOut, UNTRIED } from './trial.js';
import { type Candidate, reachable, type Search, steeringOf } from './tune.js';

/** Of a block's own level, what a knob may take off it on the way to its furthest ends. */
const PULLS = [1, 0.5, 0];
/** The furthest ends that are tried, and the widths of which one is chosen: shares of that. */
const STRETCH = 1.3;
const WIDTHS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
/** The same chances for each pull, and others than of any mend. */
const PART = 32;

/**
 * A candidate with the pull and the ends at which it does best beside a set. Nearer ends need no trial of their own: what
 * a knob does there, and with as much less pull, it did at smaller values.
 */
export async function fitted(search: Search, candidate: Candidate, set: readonly number[]): Promise<Candidate> {
  const { trait, direction, ends } = candidate;
  const furthest = reachable(search, trait, direction, [ends[0] * STRETCH, ends[1] * STRETCH]);
  let best: Candidate = { ...candidate, set, ...UNTRIED };
  for (const pull of PULLS) {
    const tried: Candidate = { ...best, pull, ends: furthest };
    const seen = await tryOut(search, steeringOf(search, tried), trait, PART);
    const inside = sharesInside(search, seen, trait);
    for (const width of WIDTHS) {
      const kept = inside.map((share) => Math.min(1, share / width));
      const judgement = judge(within(seen, width), trait, set, 2 - kept[0] - kept[1]);
      if (judgement.score > best.score) {
        const at = [furthest[0] * width * kept[0], furthest[1] * width * kept[1]] as const;
        best = { ...tried, pull: pull * width, ends: at, ...judgement };
      }
      // the widest that will do: of narrower ones a trial tells less, and chance would choose among them
      if (judgement.margin >= 0) break;
    }
    if (best.margin >= ENOUGH) break;
  }
  return best;
}

/** What is seen of a knob whose ends are at a share of the way. */
const within = (seen: readonly Observation[], share: number): readonly Observation[] =>
  seen.filter(({ value }) => Math.abs(value) <= share).map((one) => ({ ...one, value: one.value / share }));
