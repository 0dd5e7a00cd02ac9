import { APART, LEAST_TOLD } from './choose.js';
import { MOST_KNOBS } from './effort.js';
import type { Response } from './responses.js';
import type { SearchResult } from './search.js';
import { type Settled, type Settler, type SettlingBlocks, settlerOf, spareOf } from './settler.js';
import { effectText, shortOf } from './trial.js';
import { begin, type Candidate, type Search, tune } from './tune.js';

/** What a first trial beside the others must show for more of it, on half the trial blocks. A leak is mended sooner than a correlation. */
const PROMISING = { rho: 0.65, leak: 0.75 };
/** Of those that hold, so many may have to be mended for a new one. */
const MOST_MENDED = 2;

interface Settlement {
  readonly held: readonly Settled[];
  /** Why others are none, by their index. */
  readonly reasons: ReadonlyMap<number, string>;
}

/**
 * Settles what the rounds found likely, without what they tried it beside in vain: each is mended and fitted beside
 * those that are left, the worst is dropped until all hold on blocks that nothing was tried on, and then every other
 * trait that holds beside them is taken in.
 */
export async function settle(
  model: Search,
  blocks: SettlingBlocks,
  responses: readonly Response[],
  wanted: readonly boolean[],
  likely: SearchResult,
  tell: (sentence: string) => void,
): Promise<SearchResult> {
  const settler = settlerOf(model, blocks);
  const name = (k: number): string => model.instrument.traits[k].name;
  const thin = await thinned(settler, likely.candidates);
  const set = traitsOf(thin.held);
  const effects = thin.held.map((one) => `${name(one.candidate.trait)} ${effectText(one.effects(set))}`);
  tell(`Settled, correlation/leak: ${effects.join(', ')}`);
  const others = inOrder(responses, wanted).filter((k) => !set.includes(k));
  const full = await filled(model, settler, thin.held, others, responses, (trait, effect) =>
    tell(`${name(trait)} holds beside them: ${effectText(effect)}`),
  );
  return {
    candidates: full.held.map(({ candidate }) => candidate),
    refused: new Map([...likely.refused, ...thin.reasons, ...full.reasons]),
  };
}

/** Without the worst, until all that are left hold beside each other. */
async function thinned(settler: Settler, likely: readonly Candidate[]): Promise<Settlement> {
  const reasons = new Map<number, string>();
  const all = likely.map(({ trait }) => trait);
  let held = await inTurn(likely, (candidate) => settler.settle(candidate, all));
  for (;;) {
    const before = traitsOf(held);
    const worst = held.toSorted((a, b) => spareOf(a, before) - spareOf(b, before))[0];
    if (worst === undefined || spareOf(worst, before) >= 0) return { held, reasons };
    reasons.set(worst.candidate.trait, shortOf(worst.effects(before)));
    const left = held.filter((one) => one !== worst);
    held = await mendedBeside(settler, left, traitsOf(left));
  }
}

/** With each other trait that holds beside those that do, while they still hold beside it. */
async function filled(
  model: Search,
  settler: Settler,
  thin: readonly Settled[],
  others: readonly number[],
  responses: readonly Response[],
  tell: (trait: number, effect: ReturnType<Settled['effects']>) => void,
): Promise<Settlement> {
  const reasons = new Map<number, string>();
  const gradients = responses.map(({ gradient }) => gradient);
  const glancing: Search = { ...model, trials: model.trials.slice(0, Math.ceil(model.trials.length / 2)) };
  let held = thin;
  for (const trait of others) {
    if (held.length === MOST_KNOBS) break;
    const set = [...traitsOf(held), trait];
    const glance = await tune(glancing, begin(model, trait, gradients), set, 1);
    reasons.set(trait, shortOf(glance));
    if (glance.rho < PROMISING.rho || glance.leak > PROMISING.leak) continue;
    const next = await settler.settle(glance, set);
    reasons.set(trait, shortOf(next.effects(set)));
    if (spareOf(next, set) < 0) continue;
    reasons.set(trait, APART);
    if (held.filter((one) => spareOf(one, set) < 0).length > MOST_MENDED) continue;
    const beside = await mendedBeside(settler, held, set);
    if (beside.some((one) => spareOf(one, set) < 0)) continue;
    held = [...beside, next];
    tell(trait, next.effects(set));
  }
  return { held, reasons };
}

/** Those that do not hold beside a set have another try. */
const mendedBeside = (
  settler: Settler,
  held: readonly Settled[],
  set: readonly number[],
): Promise<readonly Settled[]> => inTurn(held, async (one) => (spareOf(one, set) < 0 ? settler.again(one, set) : one));

/** Traits that a direction tells something of: what players look for first, then by how much is told. */
function inOrder(responses: readonly Response[], wanted: readonly boolean[]): readonly number[] {
  const told = (k: number): number => responses[k].told;
  const able = wanted.flatMap((_, k) => (told(k) < LEAST_TOLD ? [] : [k]));
  const rest = able.filter((k) => !wanted[k]).toSorted((a, b) => told(b) - told(a));
  return [...able.filter((k) => wanted[k]), ...rest];
}

const traitsOf = (held: readonly Settled[]): readonly number[] => held.map(({ candidate }) => candidate.trait);

async function inTurn<A, B>(list: readonly A[], of: (one: A) => Promise<B>): Promise<readonly B[]> {
  const results: B[] = [];
  for (const one of list) results.push(await of(one));
  return results;
}
