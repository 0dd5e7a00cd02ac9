import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { queueClock } from '#daimon/bridge/midi/output/queue-clock.js';
import { randomFrom, seed } from '#daimon/music/random.js';

describe("a queue's clock", () => {
  it('stands where it stood at the look that was held up least, and a look says how late its timer was', () => {
    const relation = queueClock();
    relation.restart();
    // it began at 500
    assert.equal(relation.read(10 - 0.3, 510), 0);
    assert.equal(relation.read(11, 511), 0);
    assert.ok(Math.abs(relation.origin - 500) < 1e-6);
    assert.ok(Math.abs(relation.read(100 - 0.7, 600) - 0.7) < 0.002);
    assert.ok(Math.abs(relation.origin - 500) < 0.02);
  });

  it('is known to 0.05 ms for an hour, though the two clocks part by 1 ppm and each look is held up', () => {
    const random = randomFrom(seed(1));
    const relation = queueClock();
    relation.restart();
    for (let time = 0; time < 3_600_000; time += 125) {
      const now = 1000 + time * (1 + 1e-6);
      const heldUp = random.below(10) === 0 ? random.below(5000) / 1000 : random.below(10) / 1000;
      relation.read(time - heldUp, now);
      if (time > 10_000) assert.ok(Math.abs(relation.origin - (now - time)) < 0.05, `${time}`);
    }
  });

  it('does not flicker: where the clocks run alike, its beginning is held', () => {
    const random = randomFrom(seed(2));
    const relation = queueClock();
    relation.restart();
    relation.read(0, 1000);
    for (let time = 125; time < 600_000; time += 125) relation.read(time - random.below(10) / 1000, 1000 + time);
    assert.equal(relation.origin, 1000);
  });

  it('has lost time where it stays behind: a quarter of a second later it is believed anew, and stays so', () => {
    const relation = queueClock();
    relation.restart();
    for (let time = 0; time < 10_000; time += 125) relation.read(time, 1000 + time);
    for (let time = 10_000; time < 20_000; time += 20) {
      const late = relation.read(time - 60, 1000 + time);
      assert.ok(Math.abs(late - (time <= 10_260 ? 60 : 0)) < 0.2, `${late} at ${time}`);
    }
    assert.ok(Math.abs(relation.origin - 1060) < 0.2);
  });

  it('was only late where it comes back: what was believed stays', () => {
    const relation = queueClock();
    relation.restart();
    for (let time = 0; time < 60_000; time += 5) {
      const isStalled = time % 1000 < 200;
      relation.read(isStalled ? time - (time % 1000) : time, 1000 + time);
      if (!isStalled) assert.ok(Math.abs(relation.origin - 1000) < 0.02);
    }
  });

  it('that caught up after all is believed at once', () => {
    const relation = queueClock();
    relation.restart();
    relation.read(0, 1000);
    for (let time = 0; time < 2000; time += 50) relation.read(Math.max(0, time - 300), 1000 + time);
    relation.read(2000, 3000);
    assert.ok(Math.abs(relation.origin - 1000) < 0.02);
  });
});
