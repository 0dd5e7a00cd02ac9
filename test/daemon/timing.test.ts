import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newTiming } from '#daimon/daemon/timing.js';
import { millis, tick } from '#daimon/music/units.js';
import { FIRST_EPOCH } from '#daimon/transport/edge.js';

const NOTHING = { count: 0, p50: 0, p99: 0, max: 0, late: 0, spread: [0, 0, 0, 0, 0, 0, 0, 0, 0] };
const MINUTE = 60_000;

/** Note-ons that came so late, all at a time. */
function timing() {
  const heard = newTiming();
  const send = (time: number, late: readonly number[], status = 0x90): void => {
    for (const each of late) {
      const edge = { tick: tick(0), status, data1: 60, data2: 80 };
      heard.sent({ edge, epoch: FIRST_EPOCH, tick: tick(0), time: millis(time), late: millis(each) });
    }
  };
  return { send, figures: (now: number) => heard.figures(millis(now)) };
}

const near = (figure: number, expected: number): boolean => Math.abs(figure / expected - 1) <= 0.001;

it('before the first note all figures are 0', () => {
  assert.deepEqual(timing().figures(5), { recent: NOTHING, total: NOTHING });
});

it('of a hundred delays tells the middle, the worst of 99 % and the worst, to 0.1 %', () => {
  const { send, figures } = timing();
  send(
    0,
    Array.from({ length: 100 }, (_, i) => (i + 1) / 10),
  );
  const { total } = figures(0);
  assert.equal(total.count, 100);
  assert.ok(near(total.p50, 5) && near(total.p99, 9.9) && near(total.max, 10), JSON.stringify(total));
});

it('late is what comes more than 3 ms after its due time', () => {
  const { send, figures } = timing();
  send(0, [0.02, 2.999, 3, 3.001, 40]);
  assert.equal(figures(0).total.late, 2);
  assert.deepEqual(figures(0).total.spread, [1, 0, 0, 0, 0, 2, 1, 0, 1]);
});

it('counts ons and offs, and nothing else that is sent', () => {
  const { send, figures } = timing();
  send(0, [0.1], 0x91);
  send(0, [0.1], 0x81);
  send(0, [0.1], 0xb0);
  send(0, [0.1], 0xc0);
  assert.equal(figures(0).total.count, 2);
});

it('a release was never due, and is no note in time', () => {
  const { send, figures } = timing();
  send(0, [0], 0x80);
  assert.deepEqual(figures(0).total, NOTHING);
});

it('remembers the last minute whole, nothing from before the last two, and since the start all', () => {
  const { send, figures } = timing();
  for (let second = 0; second < 600; second++) {
    const now = second * 1000;
    send(now, [second === 250 ? 25 : 0.1]);
    const { recent, total } = figures(now);
    assert.equal(total.count, second + 1);
    assert.ok(recent.count >= Math.min(60, second + 1) && recent.count <= 120);
    if (second >= 250 && second < 310) assert.equal(recent.late, 1);
    if (second >= 370) assert.ok(recent.late === 0 && recent.max < 1);
    assert.equal(total.late, second >= 250 ? 1 : 0);
  }
});

it('after silence the recent figures are empty', () => {
  const { send, figures } = timing();
  send(0, [0.1]);
  send(0.5 * MINUTE, [0.1]);
  assert.equal(figures(0.9 * MINUTE).recent.count, 2);
  assert.deepEqual(figures(5 * MINUTE).recent, NOTHING);
  assert.equal(figures(5 * MINUTE).total.count, 2);
});

it('a delay longer than any counts as ten seconds', () => {
  const { send, figures } = timing();
  send(0, [3_600_000]);
  const { max, count, late } = figures(0).total;
  assert.ok(near(max, 10_000));
  assert.deepEqual([count, late], [1, 1]);
});
