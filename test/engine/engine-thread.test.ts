import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { DrawRequest } from '#daimon/engine/engine.js';
import { EngineThread } from '#daimon/engine/engine-thread.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';

/** A worker that has no model: seed 0 crashes it, seed 1 it never answers, all others it draws as an empty block. */
const FAINTING = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ kind, id, request }) => {
    if (kind === 'close') parentPort.close();
    else if (request.seed === 0) throw new Error('fainted');
    else if (request.seed > 1) parentPort.postMessage({ kind: 'drawn', id, drawn: { block: { seed: request.seed }, roll: {} } });
  });
  parentPort.postMessage({ kind: 'ready', info: { model: 'fainting' } });`;

const workerOf = (code: string) => () => new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
const request = (of: number): DrawRequest => ({
  seed: seed(of),
  sketch: { kind: 'seed', seed: seed(of), temperature: 1 },
  knobs: {},
  chords: [],
  preset: 'plain',
  decoding: DEFAULT_DECODING,
});

test('A crash of the engine’s thread rejects what waited and draws again; a second one ends it', async () => {
  const engine = await EngineThread.start(workerOf(FAINTING));
  const waiting = engine.draw(request(1));
  const crashing = engine.draw(request(0));
  const again = /thread stopped \(fainted\) and was started again/;
  await Promise.all([
    assert.rejects(waiting, { code: 'draw', message: again }),
    assert.rejects(crashing, { code: 'draw', message: again }),
  ]);
  assert.equal((await engine.draw(request(5))).block.seed, 5);

  const ended = { code: 'draw', message: /thread stopped \(fainted\) once too often/ };
  await assert.rejects(engine.draw(request(0)), ended);
  await assert.rejects(engine.draw(request(5)), ended);
  await engine.close();
});

test('A thread that does not answer is closed all the same', async () => {
  const engine = await EngineThread.start(
    workerOf(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => {});
      parentPort.postMessage({ kind: 'ready', info: { model: 'deaf' } });`),
  );
  const waiting = assert.rejects(engine.draw(request(5)), { code: 'draw', message: /was closed/ });
  await engine.close();
  await waiting;
});

test('A thread that ends before it is ready fails the start', async () => {
  await assert.rejects(EngineThread.start(workerOf(`throw new Error('stillborn')`)), {
    code: 'draw',
    message: /thread stopped \(stillborn\) before it was ready/,
  });
  await assert.rejects(EngineThread.start(workerOf('')), {
    code: 'draw',
    message: /thread stopped before it was ready/,
  });
});

test('A thread started again that finds no model any more says so to every draw', async () => {
  const codes = [
    FAINTING,
    `import { parentPort } from 'node:worker_threads';
     parentPort.postMessage({ kind: 'unable', refusal: { code: 'model', message: 'There is no model.' } });`,
  ];
  const engine = await EngineThread.start(() => workerOf(codes.shift()!)());
  await assert.rejects(engine.draw(request(0)), { code: 'draw' });
  await assert.rejects(engine.draw(request(5)), { code: 'model', message: 'There is no model.' });
  await engine.close();
});
