import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import { DaimonError } from '#daimon/errors.js';
import { seed } from '#daimon/music/random.js';
import { bpm, millis, tick } from '#daimon/music/units.js';
import type { ClockMode } from '#daimon/transport/clock/clock.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { blockOf, planBlock } from '../transport/stage.js';
import { Bench, engine } from './bench.js';

async function ready(mode: ClockMode): Promise<Bench> {
  const bench = new Bench(mode);
  await bench.player.ready();
  return bench;
}

it('our own clock plays from bar 1, in the order and on the ticks of the block', async () => {
  const bench = await ready('internal');
  bench.tell('start');
  bench.wait(8100);
  const planned = planBlock(blockOf(seed(7)), tick(0)).filter(isNoteOn);
  const played = bench.edges().filter(isNoteOn);
  assert.ok(played.length > 50);
  assert.deepEqual(played, planned.slice(0, played.length));
});

it('a session is played from the beat of its start, and a change of its tempo bends what is planned', async () => {
  const bench = await ready('session');
  const tell = (time: number, at: number, tempo: number) =>
    bench.player.turn({
      kind: 'snapshot',
      snapshot: { time: millis(time), tick: tick(at), tempo: bpm(tempo), isPlaying: true },
      now: bench.now,
    });
  tell(2000, 0, 120);
  assert.deepEqual(bench.since(), ['line', 'schedule']);
  bench.wait(3000);
  bench.since();
  tell(3000, 960, 60);
  assert.deepEqual(bench.since(), ['line']);
  bench.wait(3000);
  assert.ok(Math.abs(bench.player.position - 960 - 1440) < 1e-6);
  assert.ok(bench.edges().every((edge) => edge.tick >= 1920));
  assert.deepEqual(bench.moves, ['play']);
});

it('Start at the host releases, then moves the line, then plans: nothing new is played on the old line', async () => {
  const bench = await ready('host');
  bench.host('start');
  bench.wait(3000, 'pulses');
  bench.since();
  bench.host('start');
  assert.deepEqual(bench.since().slice(0, 3), ['release', 'no line', 'schedule']);
});

it('the first pulse of a host takes the lead from our own clock, ends its notes, and says so', async () => {
  const bench = await ready('auto');
  bench.tell('start');
  bench.wait(1000);
  bench.since();
  bench.host('pulse');
  assert.deepEqual(bench.since(), ['release', 'no line']);
  assert.equal(bench.player.clock.source, 'host');
  assert.equal(bench.said.length, 1);
  bench.tell('start');
  assert.deepEqual(bench.since(), [], 'a host cannot be started from here');
});

it('a host that falls silent is said once; its tempo is held, and after two seconds every note is ended', async () => {
  const bench = await ready('host');
  bench.host('start');
  bench.wait(3000, 'pulses');
  bench.since();
  bench.wait(1900);
  assert.equal(bench.said.length, 1);
  assert.ok(bench.since().includes('schedule'));
  bench.wait(200);
  assert.deepEqual(bench.since(), ['release', 'no line']);
  bench.wait(1000, 'pulses');
  assert.ok(!bench.since().includes('schedule'), 'pulses alone start nothing');
});

it('with --clock internal no host is heard, nor we ourselves', async () => {
  const bench = await ready('internal');
  bench.tell('start');
  bench.wait(1000);
  bench.since();
  // as it would come back from a loop in the cabling, where our own clock is sent
  for (const kind of ['start', 'pulse', 'pulse', 'stop', 'continue', 'pulse', 'stop'] as const) bench.host(kind);
  assert.deepEqual(bench.since(), []);
  assert.deepEqual(bench.said, []);
  assert.equal(bench.player.clock.source, 'internal');
  bench.wait(1000);
  assert.ok(bench.since().every((call) => call === 'schedule'));
});

it("muted, we keep silent while the host's clock goes on; then we play on at its place", async () => {
  const bench = await ready('host');
  bench.host('start');
  bench.wait(3000, 'pulses');
  bench.since();
  bench.player.mute(true);
  assert.deepEqual(bench.since(), ['release']);
  bench.wait(4000, 'pulses');
  assert.ok(!bench.since().includes('schedule'));
  bench.host('start');
  bench.wait(2000, 'pulses');
  assert.ok(!bench.since().includes('schedule'), 'a Start does not unmute');
  bench.player.mute(false);
  const [first] = bench.edges();
  assert.ok(first && first.tick >= bench.player.position - 1 && first.tick < bench.player.position + 1920);
  assert.deepEqual(bench.moves, ['play', 'stop', 'play']);
});

it('when the output has no room, what sounds is released and the song goes on a bar later', async () => {
  const bench = await ready('internal');
  bench.tell('start');
  bench.wait(1000);
  bench.since();
  bench.room = false;
  bench.wait(1000);
  assert.deepEqual(bench.since(), ['release']);
  assert.equal(bench.said.length, 1);
  bench.room = true;
  bench.wait(2000);
  assert.ok(bench.edges().some((edge) => edge.tick >= 2 * 1920));
});

it('panic ends what sounds and says so; what is planned and what comes is played', async () => {
  const bench = await ready('internal');
  bench.tell('start');
  bench.wait(1000);
  bench.since();
  bench.player.panic();
  assert.deepEqual(bench.since(), ['panic']);
  assert.match(bench.said.join(), /^Panic: /);
  bench.wait(2000);
  assert.ok(bench.since().includes('schedule'));
});

it('a block that cannot be drawn is said, and the player is as ready as it will be', async () => {
  const draw = () => Promise.reject(new DaimonError('draw', 'The engine is tired.'));
  const bench = new Bench('internal', { engineOf: () => ({ ...engine, draw }) });
  await bench.player.ready();
  assert.match(bench.said.join(), /The engine is tired/);
});

it('closing ends every note, and what is drawn afterwards is neither played nor said', async () => {
  let fail: (error: Error) => void = () => {};
  const draw = () => new Promise<never>((_, reject) => (fail = reject));
  const bench = await ready('internal');
  bench.tell('start');
  bench.wait(1000);
  bench.since();
  bench.player.close();
  assert.deepEqual(bench.since(), ['release']);
  bench.wait(5000);
  assert.ok(!bench.since().includes('schedule'));

  const waiting = new Bench('internal', { engineOf: () => ({ ...engine, draw }) });
  void waiting.player.ready();
  waiting.player.close();
  fail(new DaimonError('draw', 'The engine was closed.'));
  await drawn();
  assert.deepEqual(waiting.said, []);
});
