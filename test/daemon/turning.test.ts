import assert from 'node:assert/strict';
import { it } from 'node:test';
import { controlsOf, type Values } from '#daimon/bridge/control/controls.js';
import { turn, valuesOf } from '#daimon/daemon/turning.js';
import type { EngineInfo } from '#daimon/engine/engine.js';
import { seed } from '#daimon/music/random.js';
import { cellsOf } from '#daimon/music/sketch.js';
import type { ClockMode } from '#daimon/transport/clock/clock.js';
import { chosenTake } from '#daimon/transport/conductor.js';
import { blockOf, resting } from '../transport/stage.js';
import { Bench, info } from './bench.js';

const effect = { rho: 0.9, leak: 0.1, into: null };
const model: EngineInfo = {
  ...info,
  decoding: { ...info.decoding, threshold: 0.4 },
  knobs: [
    {
      name: 'density',
      low: 'sparse',
      high: 'dense',
      help: 'notes a bar',
      measured: { heard: effect, changed: effect, at: [1, 2, 3], bounds: [0, 4], inside: [1, 1], silent: 0 },
    },
  ],
  components: [{ name: 'component-1', share: 0.1 }],
};

/** A player whose first block is there, and a hand on it. */
async function playing(mode: ClockMode = 'internal') {
  const bench = new Bench(mode);
  await bench.player.ready();
  return {
    bench,
    hand: (values: Values): void => turn(values, bench.player, model, bench.now),
    values: () => valuesOf(bench.player, model),
    take: () => chosenTake(bench.player.conductor),
  };
}
const refusal = (code: string, message = /./) => ({ name: 'DaimonError', code, message });

it('all that is told of has a value where it can be turned, its default where nobody has touched it', async () => {
  const { values } = await playing();
  const turnable = controlsOf(model).filter(({ path }) => !path.startsWith('morph/'));
  assert.deepEqual(values(), Object.fromEntries(turnable.map((control) => [control.path, control.default])));
});

it('what is set is heard of at once, on top of what was set before; the rest stays', async () => {
  const { hand, values } = await playing();
  const before = values();
  hand({ swing: 60, 'knobs/component-1': 0.5 });
  hand({ scale: 'dorian', 'knobs/density': -1, rests: 'x...' });
  const changed = { swing: 60, scale: 'dorian', rests: 'x...', 'knobs/component-1': 0.5, 'knobs/density': -1 };
  assert.deepEqual(values(), { ...before, ...changed });
});

it('while nothing is turned the values are the very same, however time goes on', async () => {
  const { bench, hand, values } = await playing();
  bench.player.turn({ kind: 'command', command: { kind: 'start', time: bench.now } });
  const before = values();
  bench.wait(40_000);
  assert.equal(values(), before);
  hand({ quantum: '2 bars' });
  assert.equal(values().quantum, '2 bars');
});

it('a name or a value that there is not is refused with what there is, and nothing of the same hand is turned', async () => {
  const { hand, values } = await playing();
  const before = values();
  const near = /nothing to turn at 'knobs\/densty'\. Did you mean 'knobs\/density'\?/;
  assert.throws(() => hand({ swing: 60, 'knobs/densty': 1 }), refusal('parameter', near));
  const legal = /^swing is 99; it must be a number from 50 to 75\.$/;
  assert.throws(() => hand({ gate: 0.5, swing: 99 }), refusal('parameter', legal));
  assert.throws(() => hand({ lowest: 100, highest: 20 }), refusal('parameter', /set both at once/));
  assert.throws(() => hand({ gate: 0.5, 'morph/x': 0.5 }), refusal('parameter', /nothing to morph to yet/));
  assert.deepEqual(values(), before);
  hand({ highest: 50 });
  assert.throws(() => hand({ lowest: 60 }), refusal('parameter'), 'the other end was set before');
});

it('tempo bends our own clock where it is', async () => {
  const { bench, hand } = await playing();
  bench.player.turn({ kind: 'command', command: { kind: 'start', time: bench.now } });
  bench.wait(1050);
  const { position } = bench.player;
  hand({ tempo: 60 });
  assert.ok(Math.abs(bench.player.position - position) < 1e-6);
  bench.wait(1000);
  assert.ok(Math.abs(bench.player.position - position - 480) < 1e-6);
});

it('while another clock leads there is no tempo to turn', async () => {
  const { hand, values } = await playing('host');
  assert.equal('tempo' in values(), false);
  assert.throws(() => hand({ gate: 0.5, tempo: 100 }), refusal('clock'));
  assert.equal(values().gate, 1);
});

it('an offset moves nothing but when notes are sent', async () => {
  const { bench, hand, take } = await playing();
  const before = take();
  hand({ offset: -12.5 });
  assert.equal(bench.player.offset, -12.5);
  assert.equal(take(), before);
});

it('variation leaves what played when it was first turned, however far it is turned since', async () => {
  const { bench, hand, take } = await playing();
  hand({ vary: 0.3 });
  const theme = { latent: blockOf(seed(7)).latent, cells: cellsOf([]), amount: 0.3 };
  assert.deepEqual(take().theme, theme);
  hand({ vary: 1 });
  hand({ vary: 0.1 });
  assert.deepEqual(take().theme, { ...theme, amount: 0.1 });
  bench.player.change({ kind: 'undo' });
  assert.deepEqual(take().theme, theme);
  bench.player.change({ kind: 'undo' });
  assert.equal(take().theme, null);
});

it('the place between presets moves once there are some to morph to: along a line, or in a square', async () => {
  const { bench, hand, values } = await playing();
  bench.player.change({ kind: 'morph', morph: { kind: 'line', to: resting, x: 1 } });
  hand({ 'morph/x': 0.25 });
  assert.deepEqual([values()['morph/x'], 'morph/y' in values()], [0.25, false]);
  assert.throws(() => hand({ 'morph/y': 0.5 }), refusal('parameter', /by `pad` first/));
  const corners = { right: resting, up: resting, far: resting };
  bench.player.change({ kind: 'morph', morph: { kind: 'square', ...corners, x: 0, y: 0 } });
  hand({ 'morph/x': 0.5, 'morph/y': 1 });
  hand({ 'morph/x': 0.75 });
  assert.deepEqual([values()['morph/x'], values()['morph/y']], [0.75, 1]);
});
