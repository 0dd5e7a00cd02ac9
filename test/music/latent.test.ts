import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LatentShape, latentSize, noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';

const shape: LatentShape = { channels: 7, rows: 2, columns: 8 };

describe('latent', () => {
  it("has a value for each channel, pitch half and time column: 112 in the seed model's shape", () => {
    assert.equal(latentSize(shape), 112);
    assert.equal(noiseFrom(seed(1), shape).values.length, 112);
  });

  it('the same seed gives the same noise, another seed another', () => {
    assert.deepEqual(noiseFrom(seed(1), shape), noiseFrom(seed(1), shape));
    assert.notDeepEqual(noiseFrom(seed(1), shape).values, noiseFrom(seed(2), shape).values);
  });

  it('a model with more channels hears the same noise in its first ones', () => {
    const wide = noiseFrom(seed(1), { ...shape, channels: 32 });
    assert.deepEqual(wide.values.slice(0, latentSize(shape)), noiseFrom(seed(1), shape).values);
  });

  it('noise is standard normal: mean 0, variance 1', () => {
    const { values } = noiseFrom(seed(4), { channels: 1000, rows: 2, columns: 8 });
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + v * v, 0) / values.length;
    // five standard errors
    assert.ok(Math.abs(mean) < 5 / Math.sqrt(values.length));
    assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / values.length));
  });
});
