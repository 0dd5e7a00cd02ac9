import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import { PLAYING } from '#daimon/music/playing.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { timeAt } from '#daimon/music/timeline.js';
import { type Millis, millis, tick } from '#daimon/music/units.js';
import { clockState } from '#daimon/transport/clock/clock.js';
import { lineOf } from '#daimon/transport/clock/clock-state.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { blockOf, planBlock } from '../transport/stage.js';
import { Bench } from './bench.js';
import { performance } from './performance.js';

/** Of a host at 30 BPM: slow, so that an hour is not many pulses. */
const PULSE_MS = 60_000 / (30 * 24);

/** When the clock itself would have an edge that was sent. */
function planned(bench: Bench, { edge }: Sent): Millis {
  const line = lineOf(clockState(bench.player.clock));
  assert.ok(line !== null);
  return timeAt(line, edge.tick);
}

for (const offset of [37.5, -120]) {
  it(`an hour into a host's song, notes are still sent ${offset} ms beside the clock, to a billionth`, async () => {
    const { bench, goTo } = await performance('host', { offset });
    bench.host('start');
    let count = 0;
    for (let i = 1; i * PULSE_MS < 3_600_000; i++) {
      const sent = goTo(i * PULSE_MS);
      for (const each of sent) {
        const shift = each.time - each.late - planned(bench, each);
        assert.ok(Math.abs(shift / offset - 1) < 1e-9, `${shift} ms at ${each.time} ms`);
      }
      count += sent.length;
      bench.host('pulse');
    }
    assert.ok(count > 12_500);
  });
}

it('an offset leaves the song where it is, and what is planned when', async () => {
  const positions = [0, 250].map(async (offset) => {
    const bench = new Bench('internal', { offset: millis(offset) });
    await bench.player.ready();
    bench.tell('start');
    bench.wait(5000);
    return { position: bench.player.position, edges: bench.edges() };
  });
  const [without, with250] = await Promise.all(positions);
  assert.deepEqual(with250, without);
});

it('at the fastest tempo the earliest notes are still planned in time; only at a start some go at once', async () => {
  const { bench, goTo } = await performance('internal', { offset: PLAYING.offset.min, tempo: PLAYING.tempo.max });
  bench.tell('start');
  const sent = goTo(30_000);
  const late = sent.filter((each) => each.late > 1e-6);
  assert.ok(sent.length > 1000 && late.length > 0);
  for (const each of late) {
    assert.equal(each.time, 0);
    assert.ok(planned(bench, each) < -PLAYING.offset.min);
  }
});

it('while the offset wanders, every note is played once, and in its order', async () => {
  const { bench, goTo } = await performance('internal');
  const random = randomFrom(seed(3));
  bench.tell('start');
  const sent: Sent[] = [];
  for (let time = 100; time < 30_000; time += 100) {
    sent.push(...goTo(time));
    bench.player.shift(millis(PLAYING.offset.min + random.below(PLAYING.offset.max - PLAYING.offset.min + 1)));
  }
  const ons = sent.map(({ edge }) => edge).filter(isNoteOn);
  assert.ok(ons.length > 200);
  assert.deepEqual(
    ons,
    planBlock(blockOf(seed(7)), tick(0))
      .filter(isNoteOn)
      .slice(0, ons.length),
  );
});

it('a change of the offset moves what is queued at once: later waits longer, due in the past goes now', async () => {
  const { bench, goTo } = await performance('internal');
  bench.tell('start');
  goTo(3000);
  bench.player.shift(millis(400));
  assert.deepEqual(goTo(3399), [], 'what was due from 3000 on waits until 3400');
  bench.player.shift(millis(-100));
  const overdue = goTo(3400).filter((each) => planned(bench, each) <= 3499);
  assert.ok(overdue.length > 10);
  for (const each of overdue) assert.equal(each.time, 3399);
});
