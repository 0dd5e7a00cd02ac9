import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descend } from '#daimon/engine/locate/descend.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';

const shape = { channels: 5, rows: 2, columns: 8 };
const distance = (a: Latent, b: Latent): number => Math.hypot(...a.values.map((value, i) => value - b.values[i]));

test('downhill leads from anywhere to the bottom of a bowl, the more rounds the nearer', async () => {
  for (let trial = 0; trial < 10; trial++) {
    const [from, bottom] = [noiseFrom(seed(trial), shape), noiseFrom(seed(trial + 100), shape)];
    const before = from.values.slice();
    const bowl = async ({ values }: Latent) => values.map((value, i) => 100 * (value - bottom.values[i]));
    const ways = await Promise.all(
      [5, 20, 80].map(async (rounds) => distance(await descend(from, bowl, rounds), bottom)),
    );
    assert.ok(ways[0] < distance(from, bottom) && ways[1] < ways[0] && ways[2] < ways[1]);
    assert.ok(ways[2] < 0.1 * distance(from, bottom), `still ${ways[2]} away`);
    assert.deepEqual(from.values, before);
  }
});

test('where the notes want nothing, a latent goes to where latents are the most', async () => {
  const flat = async ({ values }: Latent) => new Float32Array(values.length);
  const from = noiseFrom(seed(1), shape);
  const to = await descend(from, flat, 200);
  assert.ok(Math.hypot(...to.values) < 0.1 * Math.hypot(...from.values));
});
