import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { earlySender } from '#daimon/bridge/midi/output/early-sender.js';
import { millis } from '#daimon/music/units.js';
import { virtualQueue } from '../../../support/kernel-queue.js';

/** Of the queue, in ms. */
const PERIOD = 0.2;

describe('the sender by a queue', () => {
  it('has messages sent in the first moment not before they are due, wherever the timer that it shares begins', () => {
    for (const putOff of [0, 0.13, 0.7, 0.999, 2.5]) {
      let time = 1000.05;
      const heard: number[] = [];
      const { queue, passes } = virtualQueue(
        () => time,
        (_, at) => heard.push(at),
        () => putOff,
      );
      // each look takes its time
      const clock = () => {
        time += 0.001;
        return millis(time);
      };
      const sender = earlySender(queue, clock);
      const told = [1020, 1020.1, 1031.47, 1100].map((due) => {
        const goes = sender.put(Buffer.of(0xf8), due);
        assert.ok(goes >= due - 0.02 && goes <= due + PERIOD + 0.02, `${due} at ${goes}`);
        return goes;
      });
      assert.ok(sender.flush());
      time = 1200;
      passes();
      assert.equal(heard.length, told.length);
      for (const [i, at] of heard.entries()) assert.ok(Math.abs(at - told[i]!) < 0.02, `${at}, told ${told[i]}`);
    }
  });

  /** Of notes due in turn, how long after it each is to leave, while what is seen of the queue's clock moves by 0.025 ms. */
  function waits(first: number, spacing: number): readonly number[] {
    let time = 1000.005;
    const { queue } = virtualQueue(
      () => time,
      () => {},
    );
    const seen = new Proxy(queue, {
      get: (target, name: keyof typeof queue) =>
        name === 'time' && time % 40_000 > 20_000 ? target.time + 0.025 : target[name],
    });
    const sender = earlySender(seen, () => millis(time));
    const waited: number[] = [];
    for (let due = first; due < 150_000; due += spacing) {
      time = due - 50;
      sender.look();
      waited.push(sender.put(Buffer.of(0xf8), due) - due);
      sender.flush();
    }
    return waited;
  }

  it('has what is due at the same place between two rings leave at the same place', () => {
    for (let place = 0; place < PERIOD; place += 0.01) {
      const all = waits(1100 + place, 125);
      const [least, most] = [Math.min(...all), Math.max(...all)];
      assert.ok(most - least < 0.05, `from ${least} to ${most} at ${place}`);
      assert.ok(least > -0.04 && most < PERIOD + 0.04, `from ${least} to ${most} at ${place}`);
    }
  });

  it('has what is due at any place leave at the next ring, or a hair before or after', () => {
    for (const spacing of [127.792, 1000 / 7, 62.521]) {
      const all = waits(1100, spacing);
      const [least, most] = [Math.min(...all), Math.max(...all)];
      assert.ok(least > -0.04 && most < PERIOD + 0.04, `from ${least} to ${most}`);
    }
  });

  it('tells how late the timer was when it looked, and how much waits', () => {
    let time = 0;
    const { queue, passes } = virtualQueue(
      () => time,
      () => {},
    );
    const sender = earlySender(queue, () => millis(time));
    sender.put(Buffer.of(0xf8), 10);
    sender.put(Buffer.of(0xf8), 20);
    assert.ok(sender.flush());
    sender.look();
    assert.deepEqual([sender.waiting, sender.late], [2, 0]);
    time = 15;
    passes();
    sender.look();
    assert.equal(sender.waiting, 1);
    sender.takeBack();
    time = 30;
    sender.look();
    assert.equal(sender.waiting, 0);
  });

  it('has tried all that it does before it is needed, and nothing of it is heard or left in the queue', () => {
    let time = 0;
    const { queue, passes, isRunning } = virtualQueue(
      () => time,
      () => assert.fail('something is sent'),
    );
    const called = new Set<string>();
    const spied = new Proxy(queue, {
      get: (target, name: keyof typeof queue) => {
        called.add(name);
        return target[name];
      },
    });
    earlySender(spied, () => millis(time));
    assert.ok(['start', 'enqueue', 'flush', 'look', 'clear', 'stop'].every((name) => called.has(name)));
    assert.equal(isRunning(), false);
    queue.start();
    time = 2e9;
    passes();
  });

  it('says where a message was refused', () => {
    const { queue } = virtualQueue(
      () => 0,
      () => {},
    );
    const sender = earlySender({ ...queue, enqueue: () => false }, () => millis(0));
    sender.put(Buffer.of(0xf8), 10);
    assert.equal(sender.flush(), false);
    assert.equal(sender.flush(), true);
  });
});
