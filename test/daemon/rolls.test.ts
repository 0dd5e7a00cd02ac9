import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import type { RollPlace } from '#daimon/bridge/control/roll-frame.js';
import { newRolls } from '#daimon/daemon/rolls.js';
import type { DrawRequest } from '#daimon/engine/engine.js';
import { resting } from '../transport/stage.js';
import { Bench, engine } from './bench.js';

async function watching() {
  const bench = new Bench('internal');
  await bench.player.ready();
  const shown: { place: RollPlace; index: number; bar: number; seed: number }[] = [];
  const asked: DrawRequest[] = [];
  const watch = { isWanted: true };
  const rolls = newRolls({
    player: bench.player,
    engineOf: () => ({
      ...engine,
      draw: (request) => {
        asked.push(request);
        return engine.draw(request);
      },
    }),
    isWanted: () => watch.isWanted,
    show: (place, bytes) => {
      const frame = Buffer.from(bytes);
      const [index, bar, seed] = [12, 16, 20].map((byte) => frame.readUInt32LE(byte));
      assert.equal(frame[2], place === 'plays' ? 0 : 1);
      shown.push({ place, index, bar, seed });
    },
  });
  return {
    bench,
    rolls,
    watch,
    asked,
    /** Since the last time of asking. */
    shown: () => shown.splice(0).map(({ place, index, bar }) => `${place} ${index} at ${bar}`),
    seeds: shown,
    ride: async (span: number) => {
      for (const end = bench.time + span; bench.time < end; ) {
        bench.wait(100);
        rolls.look();
        await drawn();
      }
    },
  };
}

/** 16 bars at 120 BPM, in ms. */
const BLOCK = 32_000;

it('who looks sees the block that plays and the next one, each drawn once, block after block', async () => {
  const { bench, ride, shown, asked } = await watching();
  bench.tell('start');
  await ride(1000);
  assert.deepEqual(shown(), ['plays 0 at 1', 'next 1 at 17']);
  await ride(BLOCK);
  assert.deepEqual(shown(), ['plays 1 at 17', 'next 2 at 33']);
  assert.equal(asked.length, 3);
});

it('after a jump back it sees again what plays there', async () => {
  const { bench, ride, shown } = await watching();
  bench.tell('start');
  await ride(BLOCK + 1000);
  shown();
  bench.player.turn({ kind: 'command', command: { kind: 'locate', time: bench.now, tick: 0 as never } });
  await ride(1000);
  assert.deepEqual(shown(), ['plays 0 at 1', 'next 1 at 17']);
});

it('what waits for its launch is what comes next', async () => {
  const { bench, ride, shown, seeds } = await watching();
  bench.tell('start');
  bench.player.change({ kind: 'quantum', quantum: '8 bars' });
  await ride(1000);
  shown();
  bench.player.change({ kind: 'preset', preset: { ...resting, seed: 99 as never } });
  await ride(1000);
  assert.deepEqual(
    seeds.map(({ place, seed }) => [place, seed]),
    [['next', 99]],
  );
});

it('nothing is drawn while nobody looks, and no more than two rolls are kept', async () => {
  const { bench, ride, rolls, watch, asked } = await watching();
  watch.isWanted = false;
  bench.tell('start');
  await ride(3000);
  assert.deepEqual([asked.length, rolls.frames.length], [0, 0]);
  watch.isWanted = true;
  await ride(4 * BLOCK);
  assert.equal(rolls.frames.length, 2);
  watch.isWanted = false;
  await ride(200);
  assert.equal(rolls.frames.length, 0);
});
