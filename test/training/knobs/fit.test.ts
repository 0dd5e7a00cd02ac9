import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnMeans, timesOf } from '#daimon/engine/knobs/steered.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { deriveSeed, randomFrom, seed } from '#daimon/music/random.js';
import { fitted } from '#daimon/training/knobs/fit.js';
import type { Instrument } from '#daimon/training/knobs/instrument.js';
import { spreadOf } from '#daimon/training/knobs/spread.js';
import { begin, type Candidate, type Search, steeringOf } from '#daimon/training/knobs/tune.js';

const SHAPE = { channels: 1, rows: 2, columns: 8 };
/** Standard deviation of a mean of eight. */
const ONE = 1 / Math.sqrt(8);
const LATENTS = Array.from({ length: 200 }, (_, i) => noiseFrom(deriveSeed(seed(5), i), SHAPE));

/** Between -1 and 1, and another for each latent. */
const chance = ({ values }: Latent): number => ((Math.abs(values[0]) * 1e4) % 2) - 1;

/** A model with one trait, which its latents' first row tells, in standard deviations. */
function searchOf(heard: (level: number, latent: Latent) => number, bound: number): Search {
  const read = (latent: Latent): Float64Array => {
    const trait = heard(columnMeans(latent)[0] / ONE, latent);
    return Float64Array.from([trait]);
  };
  const instrument: Instrument = {
    traits: [{ name: 'planted', low: 'little', high: 'much', help: 'planted', wanted: true }],
    statistics: [],
    draw: () => assert.fail('a fit draws nothing'),
    read: async (latent) => read(latent),
  };
  const trials = LATENTS.map((latent) => ({ latent, means: columnMeans(latent), reading: read(latent) }));
  return {
    instrument,
    frame: { size: 1, moveOf: ([x]) => ({ offset: [x * ONE, 0], spread: 0 }) },
    spread: spreadOf(trials.map(({ reading }) => reading)),
    bounds: { low: Float64Array.of(-bound), high: Float64Array.of(bound) },
    levels: [{ weights: [1 / ONE, 0], bias: 0 }],
    trials,
    seed: seed(1),
  };
}

/** One step for one level, which is tried to two levels either way. */
const begunIn = (search: Search): Candidate => ({
  ...begin(search, 0, [Float64Array.of(1)]),
  direction: Float64Array.of(1),
  ends: [-2, 2],
});

describe("a knob's fit", () => {
  it('goes as far as it may, and takes off all of a level, where that turns evenly', async () => {
    const search = searchOf((level, latent) => level + 0.1 * chance(latent), 100);
    const { pull, ends, rho } = await fitted(search, begunIn(search), [0]);
    assert.equal(pull, 1);
    assert.ok(ends[0] < -2 && ends[1] > 2);
    assert.ok(rho > 0.9);
  });

  it('has the ends nearer where further out there is but chance', async () => {
    const search = searchOf((level, latent) => (Math.abs(level) < 1.2 ? level : 3 * chance(latent)), 100);
    const { ends } = await fitted(search, begunIn(search), [0]);
    assert.ok(ends[0] > -2 && ends[1] < 2);
  });

  it('keeps the mean at either end within the bounds', async () => {
    const search = searchOf((level, latent) => level + 0.1 * chance(latent), 1.5);
    const { ends } = await fitted(search, begunIn(search), [0]);
    assert.ok(ends[0] >= -1.5 && ends[1] <= 1.5);
  });

  it('may read nearer ends off a trial of further ones: with as much less pull, they are its smaller values', () => {
    const search = searchOf((level) => level, 100);
    const whole = begunIn(search);
    const random = randomFrom(seed(3));
    for (const { means } of search.trials) {
      const [share, value] = [random.uniform(), 2 * random.uniform() - 1];
      const nearer = { ...whole, pull: whole.pull * share, ends: [-2 * share, 2 * share] as const };
      const there = timesOf(steeringOf(search, nearer), value, means);
      assert.ok(Math.abs(there - timesOf(steeringOf(search, whole), value * share, means)) < 1e-9);
    }
  });
});
