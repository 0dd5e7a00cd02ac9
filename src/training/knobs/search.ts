import { choose } from './choose.js';
import { MOST_KNOBS } from './effort.js';
import type { Response } from './responses.js';
import { effectText, shortOf } from './trial.js';
import { begin, type Candidate, type Search, tune } from './tune.js';

/** A candidate whose trials fall short by more than this is replaced, if there is another. */
const HOPELESS = -0.045;

export interface SearchResult {
  readonly candidates: readonly Candidate[];
  /** Why other traits are none, by their index. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Chooses traits that can be turned apart, tunes a direction for each, and replaces those that will not do; gives the best round. */
export async function search(
  model: Search,
  responses: readonly Response[],
  wanted: readonly boolean[],
  { mends, rounds }: { readonly mends: number; readonly rounds: number },
  tell: (sentence: string) => void,
): Promise<SearchResult> {
  const failed = new Map<number, string>();
  const known = new Map<number, Candidate>();
  let best: SearchResult & { readonly worth: number } = { candidates: [], refused: new Map(), worth: 0 };
  const name = (k: number): string => model.instrument.traits[k].name;
  for (let round = 1; round <= rounds; round++) {
    const { chosen, inTheWay } = choose(responses, wanted, new Set(failed.keys()), MOST_KNOBS);
    for (const trait of chosen) {
      const before = known.get(trait);
      const gradients = responses.map(({ gradient }) => gradient);
      // what was mended before needs less of it beside other traits
      const begun = before ?? begin(model, trait, gradients);
      known.set(trait, await tune(model, begun, chosen, before === undefined ? mends : mends - 1));
    }
    const candidates = chosen.flatMap((trait) => known.get(trait) ?? []);
    const trials = candidates.map((one) => `${name(one.trait)} ${effectText(one)}`);
    tell(`Round ${round}, correlation/leak: ${trials.join(', ')}`);
    const hopeless = candidates.filter(({ margin }) => margin < HOPELESS).sort((a, b) => a.margin - b.margin);
    const able = candidates.filter(({ margin }) => margin >= HOPELESS);
    const worth = able.reduce((sum, { score }) => sum + 1 + score, 0);
    if (worth >= best.worth) best = { candidates: able, refused: new Map(inTheWay), worth };
    if (hopeless.length === 0) break;
    // the worst alone: without it, the others may do better
    failed.set(hopeless[0].trait, shortOf(hopeless[0]));
  }
  const tried = Array.from(known.values(), (candidate) => [candidate.trait, shortOf(candidate)] as const);
  return { candidates: best.candidates, refused: new Map([...best.refused, ...tried, ...failed]) };
}
