import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { gaussianPriorGraph } from '#daimon/training/networks/inference-graphs.js';
import { fitGaussian, type Gaussian } from '#daimon/training/recipes/gaussian.js';
import { compile } from '#daimon/training/tape/compile.js';

const SHAPE = { channels: 1, rows: 2, columns: 8 };
const N = 16;

/** mean + L * noise. */
function latentOf({ mean, factor }: Gaussian, noise: Float32Array): Float32Array {
  const n = mean.length;
  return mean.map((m, i) => {
    let sum = m;
    for (let j = 0; j <= i; j++) sum += factor[i * n + j]! * noise[j]!;
    return sum;
  });
}

/** Samples whose neighbours are alike: x[i] = x[i - 1] / 2 + noise, about a mean of i. */
function chain(count: number): Float32Array {
  const random = randomFrom(seed(1));
  const samples = new Float32Array(count * N);
  for (let s = 0; s < count; s++) {
    let x = 0;
    for (let i = 0; i < N; i++) {
      x = x / 2 + random.normal();
      samples[s * N + i] = i + x;
    }
  }
  return samples;
}

test('latents drawn from a fitted Gaussian have the mean and covariance of the samples', () => {
  const gaussian = fitGaussian(chain(4000), N);
  const random = randomFrom(seed(2));
  const drawn = Array.from({ length: 4000 }, () =>
    latentOf(
      gaussian,
      Float32Array.from({ length: N }, () => random.normal()),
    ),
  );
  const mean = (of: (x: Float32Array) => number): number => drawn.reduce((sum, x) => sum + of(x), 0) / drawn.length;
  assert.ok(Math.abs(mean((x) => x[9]!) - 9) < 0.1);
  // a stationary chain: variance 1 / (1 - 1/4), and half of it between neighbours
  assert.ok(Math.abs(mean((x) => (x[9]! - 9) ** 2) - 4 / 3) < 0.1);
  assert.ok(Math.abs(mean((x) => (x[9]! - 9) * (x[8]! - 8)) - 2 / 3) < 0.1);
});

test('the prior as a graph is the prior', async () => {
  const gaussian = fitGaussian(chain(100), N);
  const compiled = await compile(gaussianPriorGraph(gaussian, SHAPE), { threads: 1, provider: 'cpu' });
  const noise = Float32Array.from({ length: N }, (_, i) => Math.sin(i));
  const { latent } = await compiled.run({ noise });
  latentOf(gaussian, noise).forEach((x, i) => {
    assert.ok(Math.abs(x - latent![i]!) < 1e-4);
  });
  await compiled.close();
});
