import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelKnobs } from '#daimon/engine/knobs/knobs.js';
import { columnMeans, steered } from '#daimon/engine/knobs/steered.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import type { Effort } from '#daimon/training/knobs/effort.js';
import { LEAST_RHO, MOST_LEAK } from '#daimon/training/knobs/effort.js';
import { type Findings, findKnobs } from '#daimon/training/knobs/find.js';
import type { Instrument } from '#daimon/training/knobs/instrument.js';

const SHAPE = { channels: 3, rows: 2, columns: 8 };
const SMALL: Effort = {
  blocks: 250,
  pairs: 150,
  trials: 50,
  fits: 50,
  checks: 100,
  mends: 2,
  rounds: 2,
  draws: 250,
  atEnds: 40,
};

/** What each trait is, of the six numbers of a latent's columns' mean; the last has nothing to do with them. */
const PLANTED: Readonly<Record<string, readonly number[] | null>> = {
  plain: [1, 0, 0, 0, 0, 0],
  tilted: [0.3, 1, 0, 0, 0, 0],
  bent: [0, 0, 0, -1, 0, 0],
  chance: null,
};
const NAMES = Object.keys(PLANTED);

const trait = (name: string) => ({ name, low: 'little', high: 'much', help: 'planted', wanted: true });
const noise = (latent: Latent): number => (Math.abs(latent.values[0] * 1e4) % 1) - 0.5;

/** A model whose music is a few numbers, and these known sums of its latent. */
const toy: Instrument = {
  traits: NAMES.map(trait),
  statistics: [{ name: 'first', floor: 0 }],
  draw: async (of) => {
    const latent = noiseFrom(of, SHAPE);
    return { latent, reading: await toy.read(latent) };
  },
  read: async (latent) => {
    const means = columnMeans(latent);
    const sums = Object.values(PLANTED).map((weights) =>
      weights === null ? noise(latent) : weights.reduce((sum, w, i) => sum + w * means[i], 0.2 * noise(latent)),
    );
    // a curve that rises
    sums[2] = Math.exp(sums[2] / 2);
    return Float64Array.from([...sums, means[0]]);
  },
};

const find = (): Promise<Findings> => findKnobs(toy, null, SMALL, seed(1), () => {});

describe('the search for knobs', async () => {
  const findings = await find();
  const knobs: ModelKnobs = {
    format: 1,
    found: { command: '', date: '2026-01-31', draws: SMALL.draws, real: null },
    ...findings,
  };

  it('finds what was planted, and says why the rest is none', () => {
    assert.deepEqual(
      findings.knobs.map(({ name }) => name),
      ['plain', 'tilted', 'bent'],
    );
    assert.deepEqual(
      findings.refused.map(({ name }) => name),
      ['chance'],
    );
  });

  it('finds a direction that moves its own trait and, within what it may, none of the others', () => {
    for (const { name, move } of findings.knobs) {
      const own = effectOf(name, move.offset);
      assert.ok(own > 0, name);
      for (const other of NAMES.slice(0, 3)) {
        if (other !== name) assert.ok(Math.abs(effectOf(other, move.offset)) < 0.25 * own, `${name} into ${other}`);
      }
    }
  });

  it('measures what another would: the correlation of a knob turned by chance with the trait that is heard', async () => {
    for (const { name, measured } of findings.knobs) {
      assert.ok(measured.heard.rho >= LEAST_RHO && measured.heard.leak <= MOST_LEAK);
      assert.ok(measured.at[0] < measured.at[1] && measured.at[1] < measured.at[2]);
      assert.equal(measured.silent, 0);
      const k = NAMES.indexOf(name);
      for (let i = 0; i < 20; i++) {
        const latent = noiseFrom(deriveSeed(seed(99), i), SHAPE);
        const at = async (value: number): Promise<number> =>
          (await toy.read(steered(latent, knobs, { [name]: value })))![k];
        assert.ok((await at(-1)) < (await at(1)));
      }
    }
  });

  it('has the range end where the statistics do: the mean at either end lies within the bounds', () => {
    for (const { measured } of findings.knobs) {
      assert.ok(measured.at[0] >= measured.bounds[0] && measured.at[2] <= measured.bounds[1]);
    }
  });

  it('gives components by their shares of the variance, which sum to no more than all', () => {
    const shares = findings.components.map(({ share }) => share);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => b - a),
    );
    assert.ok(shares.reduce((sum, share) => sum + share, 0) <= 1.001);
  });

  it('finds the same again by the same seed', async () => {
    assert.deepEqual(await find(), findings);
  });

  it('finds nothing in a model that plays nothing of its latent, and says so', async () => {
    const deaf: Instrument = {
      ...toy,
      read: async (latent) => Float64Array.from([...NAMES, 'first'], () => noise(latent)),
    };
    const { knobs: none, refused } = await findKnobs(
      {
        ...deaf,
        draw: async (of) => ({ latent: noiseFrom(of, SHAPE), reading: await deaf.read(noiseFrom(of, SHAPE)) }),
      },
      null,
      SMALL,
      seed(1),
      () => {},
    );
    assert.deepEqual(none, []);
    assert.deepEqual(
      refused.map(({ name }) => name),
      NAMES,
    );
  });
});

const effectOf = (name: string, offset: readonly number[]): number =>
  (PLANTED[name] ?? []).reduce((sum, w, i) => sum + w * offset[i], 0);
