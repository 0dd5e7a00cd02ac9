import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newsFor, newTargets, type Target, type Targets } from '#daimon/bridge/osc/targets.js';
import type { Told } from '#daimon/bridge/osc/told.js';
import { millis } from '#daimon/music/units.js';

const LIMITS = { subscribers: 2, renewMs: 60_000 };
const PANEL = { address: '127.0.0.1', port: 5000 };
const at = (seconds: number) => millis(seconds * 1000);
const portsAt = (targets: Targets, seconds: number): readonly number[] =>
  targets.at(at(seconds)).map(({ port }) => port);
const told = (value: number, stands = true): Told => ({
  address: '/daimon/swing',
  args: [{ type: 'float', value }],
  stands,
});
const learn = (target: Target, { address, args }: Told) => target.known.set(address, JSON.stringify(args));

describe('who subscribes', () => {
  it('is told for a minute, and another minute with each time that it asks anew', () => {
    const targets = newTargets([], LIMITS);
    targets.subscribe(PANEL, 9000, at(0));
    targets.subscribe(PANEL, 9000, at(30));
    assert.deepEqual(portsAt(targets, 89.9), [9000]);
    assert.deepEqual(portsAt(targets, 90), []);
  });

  it('is told at its own address only, at whatever port, until it has enough', () => {
    const targets = newTargets([], LIMITS);
    targets.subscribe(PANEL, 9000, at(0));
    targets.subscribe({ address: '10.0.0.2', port: 1 }, 1, at(0));
    assert.deepEqual(
      targets.at(at(1)).map(({ address, port }) => `${address}:${port}`),
      ['127.0.0.1:9000', '10.0.0.2:1'],
    );
    targets.unsubscribe({ address: '10.0.0.2', port: 1 }, 9000);
    assert.equal(targets.at(at(1)).length, 2);
    targets.unsubscribe(PANEL, 9000);
    assert.deepEqual(portsAt(targets, 1), [1]);
  });

  it('finds no place where there are enough, until one is free', () => {
    const targets = newTargets([{ address: '127.0.0.1', port: 1 }], LIMITS);
    targets.subscribe(PANEL, 2, at(0));
    targets.subscribe(PANEL, 3, at(1));
    assert.throws(() => targets.subscribe(PANEL, 4, at(2)), /^DaimonError: 2 programs have subscribed already/);
    targets.subscribe(PANEL, 3, at(3));
    targets.subscribe(PANEL, 4, at(60));
    assert.deepEqual(portsAt(targets, 60), [1, 3, 4]);
  });

  it('was there from the start, and stays, whatever it asks for', () => {
    const targets = newTargets([PANEL], LIMITS);
    targets.subscribe(PANEL, PANEL.port, at(0));
    targets.unsubscribe(PANEL, PANEL.port);
    assert.deepEqual(portsAt(targets, 1_000_000), [5000]);
  });
});

describe('a target', () => {
  it('is told once what stands, and each time what passes', () => {
    const target = newTargets([], LIMITS).subscribe(PANEL, 9000, at(0));
    learn(target, told(58));
    assert.deepEqual(newsFor(target, [told(58), told(60), told(58, false)]), [told(60), told(58, false)]);
  });

  it('does not hear its own words, but those of another', () => {
    const targets = newTargets([], LIMITS);
    const mine = targets.subscribe(PANEL, 9000, at(0));
    const others = targets.subscribe({ ...PANEL, port: 6000 }, 6000, at(0));
    targets.hear(PANEL, '/daimon/swing', told(58).args);
    assert.deepEqual([newsFor(mine, [told(58)]), newsFor(others, [told(58)])], [[], [told(58)]]);
    targets.hear({ ...PANEL, port: 9000 }, '/daimon/swing', told(59).args);
    assert.deepEqual(newsFor(mine, [told(59)]), []);
    targets.hear({ ...PANEL, port: 7777 }, '/daimon/swing', told(60).args);
    assert.deepEqual(newsFor(mine, [told(60)]), [told(60)]);
  });

  it('is told all again when it subscribes again: a packet may have been lost', () => {
    const targets = newTargets([], LIMITS);
    learn(targets.subscribe(PANEL, 9000, at(0)), told(58));
    assert.deepEqual(newsFor(targets.subscribe(PANEL, 9000, at(1)), [told(58)]), [told(58)]);
  });
});
