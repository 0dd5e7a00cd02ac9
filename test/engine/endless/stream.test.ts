import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newStream, type Stream } from '#daimon/engine/endless/stream.js';
import { withSurroundings } from '#daimon/engine/endless/surroundings.js';
import type { Latent } from '#daimon/music/latent.js';
import { type Seed, seed } from '#daimon/music/random.js';
import { networksOf, openGenerator } from './networks.js';

let generator: Awaited<ReturnType<typeof openGenerator>>;
before(async () => {
  generator = await openGenerator();
});
after(() => generator.close());

/** A block with its surroundings, as it is played. */
async function surrounded(stream: Stream, from: Seed, temperature: number, index: number): Promise<Latent> {
  const previous = await stream.block(from, temperature, index - 1);
  const block = await stream.block(from, temperature, index);
  return withSurroundings(previous, block, await stream.block(from, temperature, index + 1));
}

const INDICES = [0, 1, 2, 3, 7, 8, 63, 64];

test('a block is the same however it is reached: in order, backwards, or by itself', async () => {
  const networks = networksOf(generator.draw);
  const ordered = newStream(networks);
  for (const index of INDICES) {
    const there = await surrounded(ordered, seed(5), 1, index);
    assert.deepEqual(await surrounded(newStream(networks), seed(5), 1, index), there);
  }
  const backwards = newStream(networks);
  for (const index of INDICES.toReversed()) {
    assert.deepEqual(await surrounded(backwards, seed(5), 1, index), await surrounded(ordered, seed(5), 1, index));
  }
});

test('a stream begins with the block that its seed draws by itself', async () => {
  const networks = networksOf(generator.draw);
  const first = await newStream(networks).block(seed(3), 1, 0);
  assert.deepEqual(first, await networks.locate(networks.noise(seed(3), 1)));
});

test('a jump draws at most two blocks on either side, and playing in order draws each block once', async () => {
  const networks = networksOf(generator.draw);
  let drawn = 0;
  const counting = {
    ...networks,
    draw: (latent: Latent) => {
      drawn++;
      return networks.draw(latent);
    },
  };
  const stream = newStream(counting);
  await surrounded(stream, seed(1), 1, 500);
  const jump = drawn;
  assert.equal(jump, 3 + 2 * 8);
  for (let index = 501; index < 511; index++) await surrounded(stream, seed(1), 1, index);
  assert.equal(drawn - jump, 5 * (1 + 8));
});

test('seeds, temperatures and indices give music of their own', async () => {
  const stream = newStream(networksOf(generator.draw));
  const all = [
    await surrounded(stream, seed(1), 1, 2),
    await surrounded(stream, seed(2), 1, 2),
    await surrounded(stream, seed(1), 0.5, 2),
    await surrounded(stream, seed(1), 1, 4),
  ].map(({ values }) => values.join());
  assert.equal(new Set(all).size, all.length);
});
