import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COLUMNS } from '#daimon/engine/endless/reach.js';
import { newStream } from '#daimon/engine/endless/stream.js';
import { SURROUNDINGS, WIDE_COLUMNS } from '#daimon/engine/endless/surroundings.js';
import { columnsOf } from '#daimon/music/columns.js';
import type { Latent } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { networksOf, openGenerator } from './networks.js';

let generator: Awaited<ReturnType<typeof openGenerator>>;
before(async () => {
  generator = await openGenerator();
});
after(() => generator.close());

const INDICES = [0, 1, 2, 3, 7, 8, 63, 64];

test('a block is the same however it is reached: in order, backwards, or by itself', async () => {
  const networks = networksOf(generator.draw);
  const ordered = newStream(networks);
  for (const index of INDICES) {
    const there = await ordered.surrounded(seed(5), 1, index);
    assert.deepEqual(await newStream(networks).surrounded(seed(5), 1, index), there);
  }
  const backwards = newStream(networks);
  for (const index of INDICES.toReversed()) {
    assert.deepEqual(await backwards.surrounded(seed(5), 1, index), await ordered.surrounded(seed(5), 1, index));
  }
});

test('what surrounds a block are the blocks before and after it', async () => {
  const stream = newStream(networksOf(generator.draw));
  for (let index = 0; index < 6; index++) {
    const [here, next] = [await stream.surrounded(seed(9), 1, index), await stream.surrounded(seed(9), 1, index + 1)];
    assert.equal(here.shape.columns, WIDE_COLUMNS);
    const both = 2 * SURROUNDINGS;
    assert.deepEqual(columnsOf(here, COLUMNS, both), columnsOf(next, 0, both));
  }
});

test('a stream begins with the block that its seed draws by itself', async () => {
  const networks = networksOf(generator.draw);
  const wide = await newStream(networks).surrounded(seed(3), 1, 0);
  assert.deepEqual(columnsOf(wide, SURROUNDINGS, COLUMNS), await networks.locate(networks.noise(seed(3), 1)));
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
  await stream.surrounded(seed(1), 1, 500);
  const jump = drawn;
  assert.equal(jump, 3 + 2 * 8);
  for (let index = 501; index < 511; index++) await stream.surrounded(seed(1), 1, index);
  assert.equal(drawn - jump, 5 * (1 + 8));
});

test('seeds, temperatures and indices give music of their own', async () => {
  const stream = newStream(networksOf(generator.draw));
  const all = [
    await stream.surrounded(seed(1), 1, 2),
    await stream.surrounded(seed(2), 1, 2),
    await stream.surrounded(seed(1), 0.5, 2),
    await stream.surrounded(seed(1), 1, 4),
  ].map(({ values }) => values.join());
  assert.equal(new Set(all).size, all.length);
});
