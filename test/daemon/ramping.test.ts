import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import { newRamping } from '#daimon/daemon/ramping.js';
import { valuesOf } from '#daimon/daemon/turning.js';
import { chosenTake } from '#daimon/transport/conductor.js';
import { resting } from '../transport/stage.js';
import { Bench, info } from './bench.js';

async function riding(mode: 'host' | 'internal' = 'internal') {
  const bench = new Bench(mode);
  await bench.player.ready();
  const said: string[] = [];
  const parts = {
    player: bench.player,
    info: () => info,
    now: () => bench.now,
    say: (text: string) => said.push(text),
  };
  const ramping = newRamping(parts);
  return {
    bench,
    said,
    set: ramping.set,
    /** Time passes in turns of 20 ms, as in the daemon. */
    ride: (span: number): void => {
      for (const end = bench.time + span; bench.time < end; ) {
        bench.wait(20);
        ramping.advance();
      }
    },
    values: () => valuesOf(bench.player, info),
    change: bench.player.change,
  };
}

const refusal = (code: string, message = /./) => ({ name: 'DaimonError', code, message });

it('numbers go where they shall in the time that is asked for; without it they are there at once', async () => {
  const { set, ride, values } = await riding();
  set({ tempo: 180, swing: 70, transpose: 12 }, 10);
  assert.deepEqual([values().tempo, values().swing], [120, 50]);
  ride(5000);
  const { tempo, swing, transpose } = values();
  assert.deepEqual([tempo, transpose], [150, 6]);
  assert.ok(Math.abs(Number(swing) - 60) < 0.6);
  ride(5000);
  assert.deepEqual([values().tempo, values().swing, values().transpose], [180, 70, 12]);
  set({ swing: 50 }, 0);
  assert.equal(values().swing, 50);
  ride(5000);
  assert.equal(values().swing, 50);
});

it('a ramp is one change, and taken back as one, wherever it is; what was changed beside it is another', async () => {
  const { set, ride, values, change } = await riding();
  set({ tempo: 130, swing: 70, transpose: 12 }, 10);
  ride(5000);
  set({ gate: 0.5 }, 0);
  ride(1000);
  change({ kind: 'undo' });
  assert.equal(values().gate, 1);
  ride(5000);
  const { swing, transpose } = values();
  assert.ok(Number(swing) < 61 && transpose === 6, 'it goes no further');
  change({ kind: 'undo' });
  assert.deepEqual([values().swing, values().transpose, values().tempo], [50, 0, 130]);
});

it('a newer set, another preset, the end of a morph: what else moves a value ends its ramp', async () => {
  const { set, ride, values, change, bench } = await riding();
  set({ swing: 70, gate: 0.5 }, 4);
  ride(2000);
  set({ swing: 52 }, 0);
  ride(2000);
  assert.deepEqual([values().swing, values().gate], [52, 0.5]);
  set({ swing: 75 }, 4);
  ride(1000);
  change({ kind: 'preset', preset: resting });
  ride(4000);
  assert.equal(values().swing, 50);
  change({ kind: 'morph', morph: { kind: 'line', to: resting, x: 0 } });
  set({ 'morph/x': 1 }, 4);
  ride(2000);
  assert.ok(Math.abs(Number(values()['morph/x']) - 0.5) < 0.1);
  change({ kind: 'morph', morph: null });
  ride(4000);
  assert.equal(chosenTake(bench.player.conductor).morph, null);
});

it('while it plays a ramp is heard bar by bar', async () => {
  const { set, ride, bench } = await riding();
  bench.tell('start');
  set({ gate: 0.5 }, 8);
  const heard = new Set<number>();
  for (let bar = 0; bar < 5; bar++) {
    ride(2000);
    await drawn();
    heard.add(bench.player.conductor.take.preset.decoding.gate ?? 1);
  }
  assert.ok(heard.size >= 4, [...heard].join(' '));
});

it('what has nothing between its values, is out of range or is not ours is refused, and nothing sets out', async () => {
  const { set, ride, values } = await riding();
  const before = values();
  assert.throws(() => set({ swing: 60, scale: 'dorian' }, 5), refusal('parameter', /^scale has nothing between/));
  assert.throws(() => set({ gate: 0.5, swing: 99 }, 5), refusal('parameter', /50 to 75/));
  assert.throws(() => set({ 'morph/x': 1 }, 5), refusal('parameter', /nothing to morph to/));
  ride(6000);
  assert.deepEqual(values(), before);
  const { set: setThere } = await riding('host');
  assert.throws(() => setThere({ tempo: 90 }, 5), refusal('clock'));
});

it('what can go no further on its way says so, once', async () => {
  const { set, ride, values, said } = await riding();
  set({ lowest: 80 }, 4);
  ride(1000);
  set({ highest: 40 }, 0);
  ride(4000);
  assert.equal(said.length, 1);
  assert.match(said[0], /^It goes no further: lowest would be \d+, above highest, which is 40/);
  assert.ok(Number(values().lowest) <= 40);
});
