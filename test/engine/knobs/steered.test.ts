import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnMeans, steered } from '#daimon/engine/knobs/steered.js';
import { type Latent, type LatentShape, noiseFrom } from '#daimon/music/latent.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { randomKnobs } from './some-knobs.js';

const SHAPE: LatentShape = { channels: 3, rows: 2, columns: 8 };
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8].map(seed);
const everySeed = (law: (latent: Latent, knobs: ReturnType<typeof randomKnobs>) => void): void => {
  for (const of of SEEDS) law(noiseFrom(of, SHAPE), randomKnobs(SHAPE, randomFrom(of)));
};

function near(a: Latent, b: Latent): void {
  assert.deepEqual(a.shape, b.shape);
  for (const [i, x] of a.values.entries())
    assert.ok(Math.abs(x - b.values[i]) < 1e-4, `${x} and ${b.values[i]} at ${i}`);
}

describe('a latent, steered', () => {
  it('by zeros, or by nothing, is the same', () => {
    everySeed((latent, knobs) => {
      assert.equal(steered(latent, knobs, {}), latent);
      assert.equal(steered(latent, knobs, { density: 0, 'component-1': 0 }), latent);
    });
  });

  it('by components comes back by their opposites', () => {
    everySeed((latent, knobs) => {
      const there = steered(latent, knobs, { 'component-1': 0.7, 'component-2': -0.2 });
      assert.notDeepEqual(there.values, latent.values);
      near(steered(there, knobs, { 'component-1': -0.7, 'component-2': 0.2 }), latent);
    });
  });

  it('by a knob goes as far of the way from its own level to the end as the knob says', () => {
    everySeed((latent, knobs) => {
      const [knob] = knobs.knobs;
      const levelOf = (one: Latent): number =>
        columnMeans(one).reduce((sum, x, i) => sum + x * knob.level.weights[i], knob.level.bias);
      const own = levelOf(latent);
      for (const value of [-1, -0.5, 0.25, 1]) {
        const wanted = own + Math.abs(value) * (knob.ends[value < 0 ? 0 : 1] - own);
        assert.ok(Math.abs(levelOf(steered(latent, knobs, { [knob.name]: value })) - wanted) < 1e-4);
      }
    });
  });

  it('by opposite values of a knob moves to opposite sides, where its ends are as far and its own level is between', () => {
    everySeed((latent, knobs) => {
      const knob = { ...knobs.knobs[0], ends: [-2, 2] as [number, number] };
      const own = columnMeans(latent).reduce((sum, x, i) => sum + x * knob.level.weights[i], 0);
      const middling = { ...knobs, knobs: [{ ...knob, level: { ...knob.level, bias: -own } }] };
      const up = steered(latent, middling, { density: 0.6 });
      const down = steered(latent, middling, { density: -0.6 });
      near({ shape: SHAPE, values: up.values.map((x, i) => (x + down.values[i]) / 2) }, latent);
    });
  });

  it('keeps its form: columns that are alike stay so, and differ as they did', () => {
    everySeed((latent, knobs) => {
      const { columns } = SHAPE;
      const turned = steered(latent, knobs, { density: 0.8, register: -0.3, 'component-1': 1 });
      for (let i = 0; i < latent.values.length; i++) {
        const first = i - (i % columns);
        const [before, after] = [latent, turned].map(({ values }) => values[i] - values[first]);
        assert.ok(Math.abs(before - after) < 1e-4);
      }
    });
  });

  it('by a knob that spreads has its columns further from their mean, in proportion', () => {
    everySeed((latent, knobs) => {
      const still = { offset: knobs.components[0].move.offset.map(() => 0), spread: 0.5 };
      const wide = { ...knobs, components: [{ ...knobs.components[0], move: still }] };
      const means = columnMeans(latent);
      const turned = steered(latent, wide, { 'component-1': 1 });
      near(turned, {
        shape: SHAPE,
        values: latent.values.map((x, i) => means[Math.floor(i / 8)] + Math.exp(0.5) * (x - means[Math.floor(i / 8)])),
      });
    });
  });

  it('may have any number of columns: the same ones twice over are steered as they are once', () => {
    everySeed((latent, knobs) => {
      const { columns } = SHAPE;
      const twice = ({ values }: Latent): Latent => ({
        shape: { ...SHAPE, columns: 2 * columns },
        values: Float32Array.from({ length: 2 * values.length }, (_, i) => {
          const row = Math.floor(i / (2 * columns));
          return values[row * columns + (i % columns)];
        }),
      });
      const values = { density: -1, 'component-2': 0.5 };
      near(steered(twice(latent), knobs, values), twice(steered(latent, knobs, values)));
    });
  });

  it('is the same in whatever order its knobs are named', () => {
    everySeed((latent, knobs) => {
      near(
        steered(latent, knobs, { density: 0.5, register: -1 }),
        steered(latent, knobs, { register: -1, density: 0.5 }),
      );
    });
  });

  it('refuses a name that is no knob, and a value that is none, in one sentence', () => {
    const [latent, knobs] = [noiseFrom(SEEDS[0], SHAPE), randomKnobs(SHAPE, randomFrom(SEEDS[0]))];
    const refused = (message: RegExp) => ({ name: 'DaimonError', code: 'draw', message });
    assert.throws(
      () => steered(latent, knobs, { densty: 0.5 }),
      refused(/no knob "densty".*component-2\. Did you mean 'density'\?$/),
    );
    assert.throws(() => steered(latent, knobs, { density: 1.5 }), refused(/"density" can't be at 1\.5: .*-1 to 1\.$/));
    assert.throws(() => steered(latent, knobs, { density: Number.NaN }), refused(/can't be at NaN/));
    assert.throws(
      () => steered(latent, { ...knobs, knobs: [], components: [] }, { density: 1 }),
      refused(/it has none\.$/),
    );
  });
});
