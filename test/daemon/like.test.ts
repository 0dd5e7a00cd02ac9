import assert from 'node:assert/strict';
import { test } from 'node:test';
import { like } from '#daimon/daemon/like.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { noiseFrom } from '#daimon/music/latent.js';
import type { Phrase } from '#daimon/music/phrase.js';
import { seed } from '#daimon/music/random.js';
import { cellsOf, leavesRoom } from '#daimon/music/sketch.js';
import { themed } from '#daimon/transport/block-plan.js';
import { preset } from '../transport/stage.js';
import { info } from './bench.js';

const phrase: Phrase = { bars: 1, parts: [] };
const nearest = noiseFrom(seed(1), { channels: 4, rows: 2, columns: 8 });

/** An engine that finds every phrase in one place, so far from its key. */
const finding = (move: number) => ({
  info: { ...info, decoding: { ...DEFAULT_DECODING, transpose: 2 } },
  locate: async () => ({ latent: nearest, move, columns: 1 }),
});

test('a phrase is a theme: not varied it is played from where it lies, varied each block is on the way from there', async () => {
  const still = await like(finding(0), { phrase, vary: 0 }, preset);
  assert.deepEqual([still.latent, still.cells, still.amount], [nearest, cellsOf([]), 0]);
  assert.equal(leavesRoom(still), false);
  const varied = await like(finding(0), { phrase, vary: 0.25 }, preset);
  assert.deepEqual(varied, { ...still, amount: 0.25 });
});

test('it sounds in its own key: what was moved up is transposed down, on top of the preset or the model', async () => {
  const transposed = async (move: number, own?: number) => {
    const chosen = { ...preset, decoding: own === undefined ? {} : { transpose: own } };
    return themed(chosen, await like(finding(move), { phrase, vary: 0 }, chosen)).decoding.transpose;
  };
  assert.equal(await transposed(5), -3);
  assert.equal(await transposed(-6), 8);
  assert.equal(await transposed(5, 12), 7);
  assert.equal(await transposed(-6, 36), 36);
});
