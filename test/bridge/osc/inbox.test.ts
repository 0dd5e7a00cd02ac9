import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { newInbox } from '#daimon/bridge/osc/inbox.js';

const LIMITS = { waiting: 8, atATime: 4, pauseMs: 10 };
const packet = (n: number) => ({ bytes: Uint8Array.of(n), sender: { address: '127.0.0.1', port: 1 } });

describe('packets in the inbox', () => {
  const timesRead: number[][] = [];
  let now: number[] = [];
  const inboxOf = (messages: (n: number) => number) =>
    newInbox(
      LIMITS,
      ({ bytes }) => {
        now.push(bytes[0]);
        return messages(bytes[0]);
      },
      () => timesRead.push(now.splice(0)),
    );

  beforeEach(() => {
    timesRead.length = 0;
    now = [];
    mock.timers.reset();
    mock.timers.enable({ apis: ['setImmediate', 'setTimeout'] });
  });

  it('that come after a while are read at once, those of a stream a hundred times a second', () => {
    const inbox = inboxOf(() => 1);
    inbox.push(packet(1));
    mock.timers.tick(0);
    inbox.push(packet(2));
    mock.timers.tick(9);
    assert.deepEqual(timesRead, [[1]]);
    inbox.push(packet(3));
    mock.timers.tick(1);
    assert.deepEqual(timesRead, [[1], [2, 3]]);
    mock.timers.tick(1000);
    inbox.push(packet(4));
    mock.timers.tick(0);
    assert.deepEqual(timesRead, [[1], [2, 3], [4]]);
  });

  it('of a flood are read a few at a time, and the oldest are lost', () => {
    const inbox = inboxOf(() => 1);
    for (let n = 0; n < 100; n++) inbox.push(packet(n));
    for (const ms of [0, 10, 10, 10]) mock.timers.tick(ms);
    assert.deepEqual(timesRead, [
      [92, 93, 94, 95],
      [96, 97, 98, 99],
    ]);
  });

  it('count by their messages', () => {
    const inbox = inboxOf((n) => n);
    for (const n of [1, 4, 3, 0, 0, 0, 0, 2]) inbox.push(packet(n));
    for (const ms of [0, 10, 10, 10]) mock.timers.tick(ms);
    assert.deepEqual(timesRead, [
      [1, 4],
      [3, 0],
      [0, 0, 0, 2],
    ]);
  });

  it('are read no more once it is closed', () => {
    const inbox = inboxOf(() => 1);
    inbox.push(packet(1));
    inbox.close();
    mock.timers.tick(100);
    assert.deepEqual(timesRead, []);
  });
});
