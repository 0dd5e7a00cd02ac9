import { choose } from './choose.js';
import { MOST_KNOBS } from './effort.js';
import type { Response } from './responses.js';
import { type Candidate, firstEnds, type Search, tune } from './tune.js';

/** A candidate whose trials fall short by more than this is replaced, if there is another. */
const HOPELESS = -0.03;

export interface SearchResult {
  readonly candidates: readonly Candidate[];
  /** Why other traits are none, by their index. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Chooses traits that can be turned apart, tunes a direction for each, and replaces those that will not do. */
export async function search(
  model: Search,
  responses: readonly Response[],
  wanted: readonly boolean[],
  { mends, rounds }: { readonly mends: number; readonly rounds: number },
  tell: (sentence: string) => void,
): Promise<SearchResult> {
  const failed = new Map<number, string>();
  const known = new Map<number, Candidate>();
  const name = (k: number): string => model.instrument.traits[k].name;
  for (let round = 1; ; round++) {
    const { chosen, inTheWay } = choose(responses, wanted, new Set(failed.keys()), MOST_KNOBS);
    for (const trait of chosen) {
      const before = known.get(trait);
      const fresh = before ?? {
        trait,
        gradients: responses.map(({ gradient }) => gradient),
        direction: new Float64Array(model.frame.size),
        ends: firstEnds(model, trait),
        score: -1,
        rho: 0,
        leak: 1,
      };
      // what was mended before needs less of it beside other traits
      known.set(trait, await tune(model, fresh, chosen, before === undefined ? mends : Math.ceil(mends / 2)));
    }
    const candidates = chosen.flatMap((trait) => known.get(trait) ?? []);
    tell(
      `Round ${round}: ${candidates.map(({ trait, rho, leak }) => `${name(trait)} ${rho.toFixed(2)}/${leak.toFixed(2)}`).join(', ')}`,
    );
    const hopeless = candidates.filter(({ score }) => score < HOPELESS).sort((a, b) => a.score - b.score);
    // the worst third: without them, the others may do better
    const leaving = hopeless.slice(0, Math.ceil(hopeless.length / 3));
    if (leaving.length === 0 || round >= rounds) return { candidates, refused: new Map([...inTheWay, ...failed]) };
    for (const { trait, rho, leak } of leaving) {
      failed.set(trait, `in trials its correlation was ${rho.toFixed(2)}, its leak ${leak.toFixed(2)}`);
    }
  }
}
