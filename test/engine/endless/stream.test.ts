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

/** Networks, and how often they drew a roll. */
function counted() {
  const networks = networksOf(generator.draw);
  let drawn = 0;
  const draw = (latent: Latent) => {
    drawn++;
    return networks.draw(latent);
  };
  return { networks: { ...networks, draw }, draws: () => drawn };
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
  const { networks, draws } = counted();
  const stream = newStream(networks);
  await surrounded(stream, seed(1), 1, 500);
  const jump = draws();
  assert.equal(jump, 3 + 2 * 8);
  for (let index = 501; index < 511; index++) await surrounded(stream, seed(1), 1, index);
  assert.equal(draws() - jump, 5 * (1 + 8));
});

test('what was scouted is the same as what is found when it is asked for, and a jump there draws nothing', async () => {
  const { networks, draws } = counted();
  const stream = newStream(networks);
  await surrounded(stream, seed(1), 1, 40);
  while (await stream.scout());
  const before = draws();
  for (const index of [0, 41, 39, 104, 63, 64, 7]) {
    const there = await surrounded(stream, seed(1), 1, index);
    assert.equal(draws(), before, `block ${index}`);
    assert.deepEqual(there, await surrounded(newStream(networksOf(generator.draw)), seed(1), 1, index));
  }
});

test('a step of scouting draws once at most, the nearest blocks first, and goes on where a question interrupted it', async () => {
  const { networks, draws } = counted();
  const stream = newStream(networks);
  assert.equal(await stream.scout(), false, 'nothing was asked for yet');
  await surrounded(stream, seed(1), 1, 0);
  for (let step = 0; step < 20; step++) {
    const before = draws();
    assert.equal(await stream.scout(), true);
    assert.ok(draws() - before <= 1);
    if (step === 3) await stream.block(seed(1), 1, 0);
  }
  const before = draws();
  for (const index of [1, 2]) await surrounded(stream, seed(1), 1, index);
  assert.equal(draws(), before);
});

test('another stream is scouted as soon as it is asked for', async () => {
  const { networks, draws } = counted();
  const stream = newStream(networks);
  await stream.block(seed(1), 1, 0);
  for (let step = 0; step < 4; step++) await stream.scout();
  await stream.block(seed(2), 1, 0);
  for (let step = 0; step < 40; step++) await stream.scout();
  const before = draws();
  await stream.block(seed(2), 1, 1);
  assert.equal(draws(), before);
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
