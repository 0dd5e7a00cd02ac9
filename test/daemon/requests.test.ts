import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import { messageSchema, type PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { obeyRequest } from '#daimon/daemon/requests.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { helloOf, type Show, stateOf } from '#daimon/daemon/status.js';
import { newTiming } from '#daimon/daemon/timing.js';
import { DaimonError } from '#daimon/errors.js';
import type { Phrase } from '#daimon/music/phrase.js';
import type { Preset } from '#daimon/music/preset.js';
import { blockPreset } from '#daimon/transport/block-plan.js';
import { preset, resting, themeOf } from '../transport/stage.js';
import { Bench } from './bench.js';
import { requestStage } from './request-stage.js';

async function asking(mode: 'host' | 'internal' | 'session', phrase: Phrase | null = null) {
  const bench = new Bench(mode);
  await bench.player.ready();
  const written: Preset[] = [];
  const shelf = newShelf(
    { presets: [preset, resting], own: new Set() },
    { onChanged: () => {}, write: async (saved) => void written.push(saved) },
  );
  const stage = requestStage(bench, { shelf, listening: { phrase: () => phrase } });
  const show: Show = { ...stage, timing: newTiming(), out: { port: 'Daimon Out' }, input: { port: null } };
  return {
    bench,
    show,
    written,
    stage,
    state: () => stateOf(show),
    ask: (request: PlayerRequest) => obeyRequest(request, stage),
  };
}

const refusal = (code: string) => (error: unknown) => error instanceof DaimonError && error.code === code;

it('start and stop move our own clock, and start goes on from where it stopped', async () => {
  const { bench, state, ask } = await asking('internal');
  ask({ kind: 'start' });
  bench.wait(2050);
  ask({ kind: 'stop' });
  const { bar, beat } = state().position;
  assert.deepEqual([bar, beat], [2, 1]);
  ask({ kind: 'start' });
  bench.wait(550);
  assert.deepEqual(state().position.beat, 2);
});

it('locate moves our own clock to the start of a bar', async () => {
  const { state, ask } = await asking('internal');
  ask({ kind: 'locate', bar: 33 });
  assert.deepEqual(state().position, { bar: 33, beat: 1, tick: 0 });
});

for (const mode of ['host', 'session'] as const) {
  it(`a ${mode}'s clock is muted and let play; its tempo and place are not ours to set`, async () => {
    const { bench, state, ask } = await asking(mode);
    assert.equal(state().source, mode);
    ask({ kind: 'stop' });
    assert.equal(bench.player.muted, true);
    assert.equal(state().clock, 'stopped');
    ask({ kind: 'start' });
    assert.equal(bench.player.muted, false);
    assert.throws(() => ask({ kind: 'set', values: { tempo: 100 } }), refusal('clock'));
    assert.throws(() => ask({ kind: 'locate', bar: 3 }), refusal('clock'));
  });
}

it('seed, preset and next choose the take, and the state shows the choice before it is heard', async () => {
  const { bench, state, ask } = await asking('internal');
  ask({ kind: 'start' });
  bench.wait(1000);
  ask({ kind: 'seed', value: 99 });
  ask({ kind: 'preset', name: 'resting' });
  assert.equal(state().seed, 99);
  assert.equal(state().preset, 'resting');
  assert.equal(bench.player.conductor.take.seed, 7);
  ask({ kind: 'next' });
  assert.notEqual(state().seed, 99);
  await drawn();
  bench.wait(4000);
  assert.equal(bench.player.conductor.take.preset.name, 'resting');
});

it('a preset that does not exist is refused, and nothing changes', async () => {
  const { state, ask } = await asking('internal');
  assert.throws(() => ask({ kind: 'preset', name: 'restin' }), refusal('preset'));
  assert.equal(state().preset, 'plain');
});

it('a model is chosen by the daemon, whose answer is awaited', async () => {
  const { state, ask } = await asking('internal');
  await assert.rejects(async () => ask({ kind: 'model', name: 'flok' }), refusal('model'));
  assert.equal(state().model, 'test');
});

it('a latent must have as many values as the model', async () => {
  const { bench, ask } = await asking('internal');
  assert.throws(() => ask({ kind: 'latent', values: [1, 2] }), refusal('protocol'));
  ask({ kind: 'latent', values: [0.5] });
  assert.deepEqual(bench.player.conductor.take.theme?.latent.values, Float32Array.of(0.5));
  ask({ kind: 'latent', values: null });
  assert.equal(bench.player.conductor.take.theme, null);
});

it('what clients are told is of the protocol, also in the moment before the downbeat', async () => {
  const { bench, show, state, ask } = await asking('internal');
  ask({ kind: 'start' });
  assert.ok(bench.player.position < 0);
  messageSchema.parse({ kind: 'state', ...state() });
  const capabilities = { requests: [], topics: [] };
  messageSchema.parse({ kind: 'hello', protocol: 1, daimon: '0', capabilities, ...helloOf(show, [preset], ['test']) });
});

it('what waits for its line is shown with it, and can be cancelled', async () => {
  const { bench, state, ask } = await asking('internal');
  ask({ kind: 'set', values: { quantum: '4 bars' } });
  ask({ kind: 'start' });
  bench.wait(2500);
  assert.equal(state().queued, null);
  ask({ kind: 'preset', name: 'resting' });
  const at = { bar: 5, beat: 1, tick: 0 };
  assert.deepEqual(state().queued, { preset: 'resting', seed: 7, at, isReady: false });
  await drawn();
  assert.deepEqual(state().queued, { preset: 'resting', seed: 7, at, isReady: true });
  ask({ kind: 'cancel' });
  assert.deepEqual([state().queued, state().preset], [null, 'plain']);
});

it('panic goes to the output, and stops nothing', async () => {
  const { bench, state, ask } = await asking('internal');
  ask({ kind: 'start' });
  bench.wait(1000);
  bench.since();
  ask({ kind: 'panic' });
  assert.deepEqual(bench.since(), ['panic']);
  assert.equal(state().clock, 'running');
});

it('what plays is saved as a preset with what was set, and can be chosen; its name is not taken twice unawares', async () => {
  const { bench, stage, written, ask } = await asking('internal');
  ask({ kind: 'set', values: { gate: 0.5 } });
  ask({ kind: 'seed', value: 42 });
  await ask({ kind: 'save', name: 'mine', seed: true });
  assert.deepEqual(written, [
    { ...preset, name: 'mine', title: 'mine', description: 'As played on Plain.', seed: 42, decoding: { gate: 0.5 } },
  ]);
  await assert.rejects(async () => ask({ kind: 'save', name: 'mine' }), refusal('preset'));
  await ask({ kind: 'save', name: 'mine', title: 'Mine', replace: true });
  ask({ kind: 'preset', name: 'mine' });
  assert.equal(bench.player.conductor.take.preset.title, 'Mine');
  assert.equal(stage.shelf.presets.length, 3);
});

it('what was played to us is played like, in its own key, and leaves it as far as is asked', async () => {
  const { bench, written, ask } = await asking('internal', { bars: 4, parts: [] });
  await ask({ kind: 'like', vary: 0.1 });
  assert.deepEqual(bench.player.conductor.take.theme, { ...themeOf(5), amount: 0.1, transpose: -3 });
  const keyAfter = async (request: PlayerRequest): Promise<number | undefined> => {
    await ask(request);
    const { take } = bench.player.conductor;
    return blockPreset(take, 0).decoding.transpose;
  };
  assert.deepEqual([await keyAfter({ kind: 'like' }), await keyAfter({ kind: 'like' })], [-3, -3], 'however often');
  assert.equal(await keyAfter({ kind: 'vary', amount: 0.5 }), -3);
  assert.equal(await keyAfter({ kind: 'hold', columns: [1] }), -3);
  await ask({ kind: 'save', name: 'in-its-key' });
  assert.deepEqual([written[0].decoding.transpose, written[0].theme?.transpose], [-3, undefined]);
  assert.equal(await keyAfter({ kind: 'hold', columns: [] }), -3, 'what varies is still of the phrase');
  assert.equal(await keyAfter({ kind: 'seed', value: 1 }), undefined);
  const { ask: askInVain } = await asking('internal');
  await assert.rejects(async () => askInVain({ kind: 'like' }), refusal('history'));
});
