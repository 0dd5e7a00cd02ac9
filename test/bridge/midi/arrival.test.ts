import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrivalClock } from '#daimon/bridge/midi/arrival.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { type Millis, millis } from '#daimon/music/units.js';

/** Stamps messages that arrived at `arrivals` and were heard `delay(i)` later; the driver's clock runs at `rate`. */
function stamps(arrivals: readonly number[], delay: (i: number) => number, rate = 1): readonly Millis[] {
  const clock = arrivalClock();
  return arrivals.map((at, i) =>
    clock.stamp(millis(i === 0 ? 0 : (at - arrivals[i - 1]) * rate), millis(at + delay(i))),
  );
}
const pulses = (count: number, span = 20.83): readonly number[] =>
  Array.from({ length: count }, (_, i) => 1e6 + i * span);
const worst = (times: readonly number[], truth: readonly number[]): number =>
  times.reduce((most, time, i) => Math.max(most, Math.abs(time - truth[i])), 0);

describe('arrival times', () => {
  it('are those of the callback for the first message', () => {
    assert.deepEqual(
      stamps([500], () => 3),
      [503],
    );
  });

  it('stay right while the event loop stalls for half a second', () => {
    const at = pulses(200);
    const stalled = stamps(at, (i) => (i >= 100 && i < 124 ? (124 - i) * 20.83 : 0.1));
    assert.ok(worst(stalled, at) < 0.5, `${worst(stalled, at)} ms`);
  });

  it('are steadier than the callbacks that bring them', () => {
    const random = randomFrom(seed(3));
    const at = pulses(2000);
    const times = stamps(at, () => 0.1 + 5 * random.uniform() ** 4);
    assert.ok(worst(times.slice(200), at.slice(200)) < 0.6);
  });

  it('do not drift in an hour with a driver whose crystal is 100 ppm off either way', () => {
    const at = pulses(170_000);
    for (const rate of [1.0001, 0.9999]) {
      const times = stamps(at, () => 0.1, rate);
      assert.ok(worst(times, at) < 0.2, `${worst(times, at)} ms at ${rate}`);
    }
  });

  it('never go back, and are never later than the callback', () => {
    const random = randomFrom(seed(4));
    const clock = arrivalClock();
    let heard = 0;
    let last = -1;
    for (let i = 0; i < 5000; i++) {
      heard += 30 * random.uniform();
      const time = clock.stamp(millis(40 * random.uniform() - 5), millis(heard));
      assert.ok(time >= last && time <= heard, `${last} ${time} ${heard}`);
      last = time;
    }
  });

  it('start anew after the computer has slept', () => {
    const at = pulses(100);
    const times = stamps(at, (i) => (i < 50 ? 0 : 3_600_000));
    assert.equal(times[99], at[99] + 3_600_000);
  });
});
