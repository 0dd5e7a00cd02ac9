import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Drawn, DrawRequest, Engine, EngineOptions } from '#daimon/engine/engine.js';
import { MAX_WAITING_DRAWS } from '#daimon/engine/engine.js';
import { startEngine } from '#daimon/engine/start.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import type { Latent } from '#daimon/music/latent.js';
import type { Note } from '#daimon/music/note.js';
import { seed } from '#daimon/music/random.js';
import { CELLS } from '#daimon/music/roll.js';
import { TICKS_PER_BLOCK } from '#daimon/music/units.js';
import { streamed } from '../support/streamed.js';
import { SMALL, TWO_ROLES, writeRandomBundle } from './random-model.js';

const request: DrawRequest = {
  sketch: { kind: 'seed', seed: seed(7), temperature: 1 },
  knobs: {},
  chords: [],
  seed: seed(7),
  preset: 'plain',
  decoding: DEFAULT_DECODING,
};
const from = (of: number, temperature = 1): DrawRequest => ({
  ...request,
  sketch: { kind: 'seed', seed: seed(of), temperature },
});
const given = (latent: Latent): DrawRequest => ({ ...request, sketch: { kind: 'given', latent } });
let options: EngineOptions;
let engine: Engine;

before(async () => {
  options = { model: 'small', modelsDir: await writeRandomBundle('small', SMALL), backend: 'onnx', provider: null };
  engine = await startEngine(options);
});
after(() => engine.close());

test('The engine says which model it holds, what it runs on and why', () => {
  assert.equal(engine.info.model, 'small');
  assert.equal(engine.info.backend, 'onnx (cpu)');
  assert.match(engine.info.reason, /^The CPU .*\.$/);
  assert.deepEqual(engine.info.latentShape, { channels: 3, rows: 2, columns: 8 });
  assert.deepEqual(engine.info.decoding, { ...DEFAULT_DECODING, fragmentThreshold: 0.6 });
});

test('The same seed draws the same block, also from an engine started anew', async () => {
  const first = await engine.draw(request);
  const again = await startEngine(options);
  const second = await again.draw(request);
  await again.close();
  assert.deepEqual(second, first);
  assert.ok(first.block.notes.length > 0);
  assert.notDeepEqual((await engine.draw(from(8))).block.notes, first.block.notes);
});

test('A block can be drawn again from the latent it carries', async () => {
  const { block } = await engine.draw(request);
  const replayed = await engine.draw({ ...given(block.latent), seed: seed(99) });
  assert.deepEqual(replayed.block.notes, block.notes);
  assert.equal(replayed.block.seed, 99);
  assert.ok(block.latent.values.every(Number.isFinite), 'the given latent is still the caller’s');
});

test('At temperature 0 every seed gives the same latent; a higher one leads away from it', async () => {
  const [a, b] = [await engine.draw(from(7, 0)), await engine.draw(from(1, 0))];
  assert.deepEqual(a.block.latent, b.block.latent);
  const warm = await engine.draw(request);
  assert.notDeepEqual(warm.block.latent, a.block.latent);
});

test('A draw gives the roll beside the block: probabilities of both planes', async () => {
  const { roll } = await engine.draw(request);
  assert.equal(roll.basePitch, 30);
  const [{ sounding, onset }, ...others] = roll.roles;
  assert.deepEqual(others, []);
  assert.equal(sounding.length, CELLS);
  assert.equal(onset?.length, CELLS);
  assert.ok([...sounding, ...onset!].every((p) => p >= 0 && p <= 1));
});

test('A latent of another shape fails its own draw only', async () => {
  const shape = { channels: 4, rows: 2, columns: 8 };
  const bad = engine.draw(given({ shape, values: new Float32Array(64) }));
  const good = engine.draw(request);
  await assert.rejects(bad, { code: 'draw', message: /4 x 2 x 8 does not fit model "small", which takes 3 x 2 x 8/ });
  assert.ok((await good).block.notes.length > 0);
});

test('A latent beyond what numbers can hold fails its own draw only', async () => {
  const { shape } = (await engine.draw(request)).block.latent;
  const values = new Float32Array(48).fill(Number.NaN);
  await assert.rejects(engine.draw(given({ shape, values })), { code: 'draw' });
  assert.ok((await engine.draw(request)).block.notes.length > 0);
});

test('No more draws wait than the bound allows', async () => {
  const draws = Array.from({ length: MAX_WAITING_DRAWS }, () => engine.draw(request));
  await assert.rejects(engine.draw(request), { code: 'draw', message: /64 blocks are waiting/ });
  await Promise.all(draws);
  assert.ok(await engine.draw(request));
});

test('Closing rejects what waits, may be done twice, and nothing can be drawn after', async () => {
  const closing = await startEngine(options);
  const waiting = assert.rejects(closing.draw(request), { code: 'draw', message: /was closed/ });
  await Promise.all([closing.close(), closing.close()]);
  await waiting;
  await assert.rejects(closing.draw(request), { code: 'draw', message: /was closed/ });
});

test('What can not be started is refused in one sentence', async () => {
  await assert.rejects(startEngine({ ...options, model: 'smal' }), {
    code: 'model',
    message: /Did you mean 'small'\?$/,
  });
  await assert.rejects(startEngine({ ...options, provider: 'cudda' }), {
    code: 'option',
    message: /Did you mean 'cuda'\?$/,
  });
  await assert.rejects(startEngine({ ...options, backend: 'tfjs' }), {
    code: 'backend',
    message: /npm install --no-save/,
  });
});

test('A machine without native binaries draws the same notes by WebAssembly', async () => {
  const native = await engine.draw(request);
  const web = await startEngine({ ...options, provider: 'wasm' });
  assert.equal(web.info.backend, 'onnx (wasm)');
  const { block } = await web.draw(request);
  await web.close();
  assert.deepEqual(block.notes, native.block.notes);
});

test('Models of one plane and without a prior play, whatever their number of channels', async () => {
  const model = { channels: 7, planes: 1, withPrior: false } as const;
  const plain = await startEngine({ ...options, model: 'plain', modelsDir: await writeRandomBundle('plain', model) });
  const { block, roll } = await plain.draw(request);
  await plain.close();
  assert.equal(roll.roles[0].onset, null);
  assert.equal(block.latent.values.length, 7 * 2 * 8);
  assert.ok(block.notes.length > 0);
});

test('A model of two roles plays them on one channel or on two, the melody one note at a time', async () => {
  const modelsDir = await writeRandomBundle('band', TWO_ROLES);
  const band = await startEngine({ ...options, model: 'band', modelsDir });
  const [together, apart] = [
    await band.draw(request),
    await band.draw({ ...request, decoding: { ...request.decoding, split: 'roles' } }),
  ];
  await band.close();
  assert.deepEqual(
    apart.roll.roles.map(({ name, voices, onset }) => [name, voices, onset?.length]),
    [
      ['melody', 1, CELLS],
      ['chords', null, CELLS],
    ],
  );
  const channels = (notes: readonly Note[]): number[] => [...new Set(notes.map(({ channel }) => channel))].sort();
  assert.deepEqual(channels(together.block.notes), [0]);
  assert.deepEqual(channels(apart.block.notes), [0, 1]);
  let end = 0;
  for (const { onset, duration } of apart.block.notes.filter(({ channel }) => channel === 0)) {
    assert.ok(onset >= end);
    end = onset + duration;
  }
});

test('A stream is the same whether played from its beginning or drawn at once, and each block from the latent it carries', async () => {
  const of = (index: number): DrawRequest => ({ ...request, sketch: streamed(seed(7), 1, index) });
  const played: Drawn[] = [];
  for (let index = 0; index < 5; index++) played.push(await engine.draw(of(index)));
  const elsewhere = await startEngine(options);
  for (const index of [3, 0, 4]) {
    const { block, roll } = played[index];
    assert.deepEqual(await elsewhere.draw(of(index)), { block, roll });
    const again = await elsewhere.draw(given(block.latent));
    assert.deepEqual(again.block.notes, block.notes);
  }
  await elsewhere.close();
  const onsets = played.flatMap(({ block }) => block.notes.map(({ onset }) => onset));
  assert.ok(onsets.every((onset) => onset >= 0 && onset < TICKS_PER_BLOCK));
});
