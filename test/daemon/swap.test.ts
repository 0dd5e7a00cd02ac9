import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import { newEngines } from '#daimon/daemon/engines.js';
import type { Drawn, Engine } from '#daimon/engine/engine.js';
import { DaimonError } from '#daimon/errors.js';
import type { Block } from '#daimon/music/block.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { onlyThis } from '#daimon/music/sketch.js';
import { tick } from '#daimon/music/units.js';
import { modelsOf } from '#daimon/transport/conductor-state.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { bars, blockOf, planBlock, preset, resting, takenUp } from '../transport/stage.js';
import { info, engine as plain } from './bench.js';
import { performance } from './performance.js';

/** At 120 BPM. */
const BAR_MS = 2000;

/** The block of a seed, as one of these models draws it. */
const blockBy = (model: string, from: number): Block => ({ ...blockOf(seed(from), model), model, preset: preset.name });
const onsOf = (sent: readonly Sent[]): readonly string[] =>
  sent
    .filter(({ edge }) => isNoteOn(edge))
    .map(({ edge }) => `${edge.tick} ${edge.status & 15} ${edge.data1} ${edge.data2}`)
    .sort();
const planned = (block: Block, from: number, to: number): readonly string[] =>
  planBlock(block, tick(0))
    .filter((edge) => isNoteOn(edge) && edge.tick >= from && edge.tick < to)
    .map((edge) => `${edge.tick} ${edge.status & 15} ${edge.data1} ${edge.data2}`)
    .sort();

/** A daemon without its edges: our own clock at 120 BPM, played by the model pop, in virtual time. */
async function playing() {
  /** Models that keep their answers until they are let go. */
  const kept = new Map<string, (() => void)[]>();
  const closed: string[] = [];
  const engineOf = (model: string): Engine => ({
    info: { ...info, model },
    locate: () => Promise.reject(new Error('nothing is located here')),
    draw: (request): Promise<Drawn> => {
      const answer = async (): Promise<Drawn> => ({
        ...(await plain.draw(request)),
        block: { ...blockBy(model, request.seed), preset: request.preset },
      });
      const waiting = kept.get(model);
      return waiting === undefined ? answer() : new Promise((resolve) => waiting.push(() => resolve(answer())));
    },
    close: async () => void closed.push(model),
  });
  const start = (name: string): Promise<Engine> =>
    name === 'broken' ? Promise.reject(new DaimonError('model', 'It is broken.')) : Promise.resolve(engineOf(name));
  const engines = newEngines(engineOf('pop'), start, (model) => bench.player.change({ kind: 'model', model }));
  const { bench, goTo } = await performance('internal', { engineOf: engines.of });
  bench.tell('start');
  const sounding = new Set<number>();
  /** Plays on to a moment, in ms, the draws being done beside it; gives what was sent. */
  const playTo = async (end: number): Promise<readonly Sent[]> => {
    const all: Sent[] = [];
    while (bench.time < end) {
      const sent = goTo(Math.min(end, bench.time + 100));
      for (const { edge } of sent) {
        const voice = (edge.status & 15) * 128 + edge.data1;
        if (isNoteOn(edge)) assert.ok(!sounding.has(voice), 'a note is struck while it sounds');
        if (isNoteOn(edge)) sounding.add(voice);
        else assert.ok(sounding.delete(voice), 'a note is ended that does not sound');
      }
      all.push(...sent);
      await drawn();
      engines.retain(modelsOf(bench.player.conductor));
    }
    return all;
  };
  return {
    bench,
    engines,
    closed,
    sounding,
    playTo,
    keep: (model: string) => kept.set(model, kept.get(model) ?? []),
    letGo: (model: string) => {
      for (const answer of kept.get(model) ?? []) answer();
      kept.delete(model);
    },
    heard: () => bench.player.conductor.part?.block.model,
  };
}

it('a model takes over on the next bar line, at the same place of its own block of the same seed; nothing is left out', async () => {
  const { bench, engines, closed, playTo, heard } = await playing();
  const before = await playTo(4.3 * BAR_MS);
  await engines.choose('folk');
  assert.equal(heard(), 'pop');
  const after = await playTo(9 * BAR_MS);
  const ons = onsOf([...before, ...after]);
  const expected = [
    ...planned(blockBy('pop', 7), 0, bars(5)),
    ...takenUp(7, 0, bars(5), bars(16), 'folk').filter((on) => Number(on.split(' ')[0]) < bench.player.position),
  ];
  const whole = ons.filter((on) => Number(on.split(' ')[0]) < bench.player.position);
  assert.deepEqual(whole, expected.sort());
  assert.equal(heard(), 'folk');
  assert.deepEqual(closed, ['pop']);
});

it('while its first block is not there, the model before plays on, from block to block if need be', async () => {
  const { engines, closed, keep, letGo, playTo, heard } = await playing();
  await playTo(14.5 * BAR_MS);
  keep('folk');
  await engines.choose('folk');
  const sent = await playTo(20.5 * BAR_MS);
  assert.equal(heard(), 'pop');
  for (let bar = 15; bar < 20; bar++) {
    const inBar = sent.filter(({ edge }) => isNoteOn(edge) && edge.tick >= bars(bar) && edge.tick < bars(bar + 1));
    assert.ok(inBar.length > 0, `bar ${bar + 1} is empty`);
  }
  assert.deepEqual(closed, []);
  letGo('folk');
  await playTo(22 * BAR_MS);
  assert.equal(heard(), 'folk');
  assert.deepEqual(closed, ['pop']);
});

it('a block that the model before still owes is not taken for one of the new model', async () => {
  const { bench, engines, closed, keep, letGo, playTo, heard } = await playing();
  keep('pop');
  // its next block is wanted from here on, and does not come
  bench.player.change({ kind: 'next' });
  await playTo(1.5 * BAR_MS);
  await engines.choose('folk');
  await playTo(3.5 * BAR_MS);
  assert.deepEqual([heard(), closed], ['pop', []]);
  letGo('pop');
  await playTo(40 * BAR_MS);
  const { memory, take } = bench.player.conductor;
  assert.deepEqual([heard(), take.model, closed], ['folk', 1, ['pop']]);
  assert.ok(memory.length > 1 && memory.every(({ block }) => block.model === 'folk'));
});

it('a model that can not be loaded leaves the music as it is', async () => {
  const [hit, missed] = [await playing(), await playing()];
  await Promise.all([hit.playTo(3000), missed.playTo(3000)]);
  await assert.rejects(hit.engines.choose('broken'), { code: 'model', message: 'It is broken.' });
  const [disturbed, undisturbed] = await Promise.all([hit.playTo(40_000), missed.playTo(40_000)]);
  assert.deepEqual(disturbed, undisturbed);
  assert.deepEqual(hit.bench.said, []);
});

it('while stopped a model is there at the next start, and a theme of the one before goes back to the seed', async () => {
  const { bench, engines, playTo, heard } = await playing();
  await playTo(1500);
  bench.tell('stop');
  bench.player.change({ kind: 'theme', theme: onlyThis(blockOf(seed(3)).latent) });
  await drawn();
  await engines.choose('folk');
  await drawn();
  bench.tell('continue');
  await playTo(3000);
  assert.equal(heard(), 'folk');
  assert.equal(bench.player.conductor.take.theme, null);
  assert.equal(bench.player.conductor.take.seed, 7);
});

it('two models in a row: the first is never heard, and does not stay', async () => {
  const { engines, closed, playTo, heard } = await playing();
  await playTo(1.2 * BAR_MS);
  await engines.choose('folk');
  await engines.choose('chorale');
  const models = new Set<string | undefined>();
  for (let time = 1.25 * BAR_MS; time < 4 * BAR_MS; time += 100) {
    await playTo(time);
    models.add(heard());
  }
  assert.deepEqual([...models], ['pop', 'chorale']);
  assert.deepEqual(closed.toSorted(), ['folk', 'pop']);
});

it('however models, presets, seeds and stops come, no note hangs and none is struck twice', async () => {
  const random = randomFrom(seed(23));
  const { bench, engines, closed, sounding, keep, letGo, playTo } = await playing();
  const models = ['pop', 'folk', 'chorale', 'broken'];
  for (let i = 0; i < 150; i++) {
    const any = models[random.below(models.length)];
    const acts = [
      () => void engines.choose(any).catch(() => {}),
      () => void engines.choose(any).catch(() => {}),
      () => bench.player.change({ kind: 'preset', preset: random.below(2) === 0 ? preset : resting }),
      () => bench.player.change({ kind: 'next' }),
      () => keep(any),
      () => letGo(any),
      () => bench.player.mute(random.below(3) === 0),
    ];
    acts[random.below(acts.length)]();
    await playTo(bench.time + random.below(3 * BAR_MS));
  }
  for (const model of models) letGo(model);
  bench.player.close();
  await playTo(bench.time + BAR_MS);
  assert.equal(sounding.size, 0);
  const before = closed.length;
  await engines.close();
  assert.ok(closed.length - before <= 2);
});
