import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Recorder } from '#daimon/bridge/recording/recorder.js';
import { render } from '#daimon/daemon/render.js';
import { DaimonError } from '#daimon/errors.js';
import { seed } from '#daimon/music/random.js';
import { bpm, TICKS_PER_BLOCK } from '#daimon/music/units.js';
import type { Edge } from '#daimon/transport/edge.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { preset, Stage, streaming } from '../transport/stage.js';
import { engine } from './bench.js';

const take = { preset, seed: seed(7), theme: null, tempo: bpm(120) };

/** A recorder that only listens. */
function listener() {
  const edges: Edge[] = [];
  const blocks: number[] = [];
  const recorder: Recorder = {
    path: '',
    moved: () => {},
    tempo: () => {},
    blockStarted: ({ index }) => blocks.push(index),
    sent: ({ edge }) => edges.push(edge),
    finish: () => Promise.resolve(),
  };
  return { edges, blocks, recorder };
}

const loose = { ...preset, feel: { swing: 60, swingUnit: 16, humanise: 20 } as const };

for (const [how, of] of [
  ['straight', preset],
  ['loose', loose],
] as const)
  it(`a ${how} take rendered is the take played from bar 1, note for note`, async () => {
    const { edges, blocks, recorder } = listener();
    const notes = await render(engine, recorder, { ...take, preset: of, blocks: 3 });
    const stage = Stage.playing(0, of);
    stage.playTo(3 * TICKS_PER_BLOCK - 20);
    const ons = edges.filter(isNoteOn).map((on) => `${on.tick} ${on.status & 15} ${on.data1} ${on.data2}`);
    assert.deepEqual(ons.sort(), stage.ons(0, 3 * TICKS_PER_BLOCK));
    assert.equal(notes, ons.length);
    assert.deepEqual(blocks, [0, 1, 2]);
  });

for (const of of [preset, streaming]) {
  it(`every note rendered has its end, by the end of the last block: ${of.name}`, async () => {
    const { edges, recorder } = listener();
    await render(engine, recorder, { ...take, preset: of, blocks: 2 });
    const ons = edges.filter(isNoteOn).length;
    assert.equal(edges.length, 2 * ons);
    assert.ok(edges.every((edge) => edge.tick <= 2 * TICKS_PER_BLOCK));
  });
}

it('no more blocks are drawn than are rendered', async () => {
  let draws = 0;
  const counting: typeof engine = {
    ...engine,
    draw: (request) => {
      draws++;
      return engine.draw(request);
    },
  };
  await render(counting, listener().recorder, { ...take, blocks: 3 });
  assert.equal(draws, 3);
});

it('a draw that fails fails the rendering', async () => {
  const draw = () => Promise.reject(new DaimonError('draw', 'The engine is tired.'));
  await assert.rejects(render({ ...engine, draw }, listener().recorder, { ...take, blocks: 1 }), /tired/);
});
