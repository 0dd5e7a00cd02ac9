import type { Component, Knob, ModelKnobs } from '../../engine/knobs/knobs.js';
import type { Seed } from '../../music/random.js';
import { drawBlocks, readingsOf, type Steering } from './blocks.js';
import { type Effort, LEAST_RHO, MOST_LEAK } from './effort.js';
import { componentsOf, frameOf } from './frame.js';
import type { Instrument } from './instrument.js';
import { levelsOf } from './levels.js';
import { effectsOf, type Found, lookAtEnds, type Measured, observe, withinBounds } from './measure.js';
import { responsesOf } from './responses.js';
import { search } from './search.js';
import { settle } from './settle.js';
import { boundsOf, type Reading, spreadOf, widened } from './spread.js';
import { type Search, steeringOf } from './tune.js';

/** Principal components that are kept, and what a value of 1 is, in their standard deviations. */
const COMPONENTS = 8;
const COMPONENT_REACH = 2;

export type Findings = Omit<ModelKnobs, 'format' | 'found'>;

/**
 * Finds a model's knobs and measures them on fresh draws. `real`: readings of the music that bounds the ranges; null:
 * the model's own draws do. The same seed finds the same on one machine.
 */
export async function findKnobs(
  instrument: Instrument,
  real: readonly Reading[] | null,
  effort: Effort,
  seed: Seed,
  tell: (sentence: string) => void,
): Promise<Findings> {
  const traits = instrument.traits;
  const blocks = await drawBlocks(instrument, seed, 'search', effort.blocks);
  const readings = readingsOf(blocks);
  const spread = spreadOf(readings);
  const strict = boundsOf(real ?? readings);
  const floors = [...traits.map(() => 0), ...instrument.statistics.map(({ floor }) => floor)];
  const bounds = widened(strict, spread, floors);
  const latents = blocks.map(({ latent }) => latent);
  const frame = frameOf(latents);
  tell(`${blocks.length} blocks drawn; now ${effort.pairs} pairs, to see what moves do.`);
  const responses = await responsesOf(instrument, frame, spread, blocks, Math.max(effort.pairs, 10 * frame.size), seed);
  const model: Search = {
    instrument,
    frame,
    spread,
    bounds,
    levels: levelsOf(blocks, traits.length, spread),
    trials: blocks.slice(0, effort.trials),
    seed,
  };
  const wanted = traits.map((trait) => trait.wanted);
  const likely = await search(model, responses, wanted, effort, tell);
  const { trials, fits, checks } = effort;
  const blocksOf = {
    fits: blocks.slice(trials, trials + fits),
    checks: blocks.slice(trials + fits, trials + fits + checks),
  };
  const { candidates, refused } = await settle(model, blocksOf, responses, wanted, likely, tell);

  const probes = blocks.slice(-effort.trials);
  const found: Found[] = [];
  for (const candidate of candidates) {
    const steering = rounded(steeringOf(model, candidate));
    const kept = await withinBounds(model, { trait: candidate.trait, steering }, probes);
    found.push({ ...kept, steering: rounded(kept.steering) });
  }
  tell(`Measuring ${found.map(({ trait }) => traits[trait].name).join(', ')} on ${effort.draws} fresh blocks.`);
  const fresh = await drawBlocks(instrument, seed, 'measure', effort.draws);
  const observed = [];
  for (const one of found) observed.push(await observe(instrument, one, fresh, seed));
  const { held, fallen } = standing(effectsOf(observed));

  const knobs: Knob[] = [];
  for (const one of held) {
    const ends = await lookAtEnds(instrument, one, fresh.slice(0, effort.atEnds), strict);
    knobs.push(knobOf(instrument, one, ends, [strict.low[one.trait], strict.high[one.trait]]));
  }
  const reasons = new Map([...refused, ...fallen]);
  return {
    knobs: knobs.sort((a, b) => placeOf(instrument, a.name) - placeOf(instrument, b.name)),
    components: componentsOf(latents, COMPONENTS).map(({ share, offset }, i): Component => {
      const scaled = Array.from(offset, (x) => figure(x * COMPONENT_REACH));
      return { name: `component-${i + 1}`, share: figure(share), move: { offset: scaled, spread: 0 } };
    }),
    refused: traits.flatMap(({ name }, k) => {
      const reason = reasons.get(k);
      return reason === undefined || knobs.some((knob) => knob.name === name) ? [] : [{ name, reason }];
    }),
  };
}

/** Those that are knobs beside each other: whatever is none is no leak of another either. */
function standing(measured: readonly Measured[]): { held: readonly Measured[]; fallen: ReadonlyMap<number, string> } {
  const fallen = new Map<number, string>();
  const fall = ({ trait, changed }: Measured): void => {
    fallen.set(trait, `measured, its correlation was ${changed.rho.toFixed(3)}, its leak ${changed.leak.toFixed(3)}`);
  };
  let held: readonly Measured[] = measured.filter((one) => {
    if (one.changed.rho >= LEAST_RHO) return true;
    fall(one);
    return false;
  });
  for (;;) {
    held = effectsOf(held);
    const worst = held.reduce<Measured | null>((a, b) => (a === null || b.changed.leak > a.changed.leak ? b : a), null);
    if (worst === null || worst.changed.leak <= MOST_LEAK) return { held, fallen };
    fall(worst);
    held = held.filter((one) => one !== worst);
  }
}

/** What is measured is what is written down. */
const rounded = ({ move, level, ends }: Steering): Steering => ({
  move: { offset: move.offset.map(figure), spread: figure(move.spread) },
  level: { weights: level.weights.map(figure), bias: figure(level.bias) },
  ends: [figure(ends[0]), figure(ends[1])],
});

/** Five digits. */
const figure = (x: number): number => Number(x.toPrecision(5));

function knobOf(
  { traits }: Instrument,
  { trait, steering, heard, changed, silent }: Measured,
  ends: Awaited<ReturnType<typeof lookAtEnds>>,
  bounds: readonly [number, number],
): Knob {
  const { name, low, high, help } = traits[trait];
  const effect = ({ rho, leak, into }: Measured['heard']): Knob['measured']['heard'] => ({
    rho: figure(rho),
    leak: figure(leak),
    into: into === null ? null : traits[into].name,
  });
  return {
    name,
    low,
    high,
    help,
    ...steering,
    measured: {
      heard: effect(heard),
      changed: effect(changed),
      at: [figure(ends.at[0]), figure(ends.at[1]), figure(ends.at[2])],
      bounds: [figure(bounds[0]), figure(bounds[1])],
      inside: [figure(ends.inside[0]), figure(ends.inside[1])],
      silent: silent + ends.silent,
    },
  };
}

const placeOf = ({ traits }: Instrument, wanted: string): number => traits.findIndex(({ name }) => name === wanted);
