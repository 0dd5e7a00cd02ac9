import assert from 'node:assert/strict';
import { test } from 'node:test';
import { like } from '#daimon/daemon/like.js';
import type { DrawRequest } from '#daimon/engine/engine.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { slerp } from '#daimon/music/latent-mix.js';
import type { Phrase } from '#daimon/music/phrase.js';
import { type Seed, seed } from '#daimon/music/random.js';
import { preset } from '../transport/stage.js';
import { engine, info } from './bench.js';

const shape = { channels: 4, rows: 2, columns: 8 };
const phrase: Phrase = { bars: 1, parts: [] };
const nearest = noiseFrom(seed(1), shape);

/** An engine that finds every phrase in one place, so far from its key, and draws noise. */
function finding(move: number) {
  const asked: DrawRequest[] = [];
  const other = (of: Seed): Latent => noiseFrom(of, shape);
  return {
    asked,
    other,
    info: { ...info, decoding: { ...DEFAULT_DECODING, transpose: 2 } },
    locate: async () => ({ latent: nearest, move, columns: 1 }),
    draw: async (request: DrawRequest) => {
      asked.push(request);
      const { block, roll } = await engine.draw(request);
      return { roll, block: { ...block, latent: other(request.seed) } };
    },
  };
}

test('a phrase that is not varied is played from where it lies, whatever the seed', async () => {
  for (const of of [7, 8]) {
    assert.deepEqual((await like(finding(0), { phrase, vary: 0 }, preset, seed(of))).latent, nearest);
  }
});

test('varied, it lies on the way to another draw of the take’s seed', async () => {
  const model = finding(0);
  const { latent } = await like(model, { phrase, vary: 0.25 }, preset, seed(7));
  const [{ seed: drawn, latent: given }] = model.asked;
  assert.notEqual(drawn, 7);
  assert.equal(given, null);
  assert.deepEqual(latent, slerp(nearest, model.other(drawn), 0.25));
  const again = await like(finding(0), { phrase, vary: 0.25 }, preset, seed(8));
  assert.notDeepEqual(again.latent, latent);
});

test('it sounds in its own key: what was moved up is transposed down, on top of the preset or the model', async () => {
  const transposed = async (move: number, own?: number) => {
    const decoding = own === undefined ? {} : { transpose: own };
    return (await like(finding(move), { phrase, vary: 0 }, { ...preset, decoding }, seed(7))).preset.decoding.transpose;
  };
  assert.equal(await transposed(5), -3);
  assert.equal(await transposed(-6), 8);
  assert.equal(await transposed(5, 12), 7);
  assert.equal(await transposed(-6, 36), 36);
});
