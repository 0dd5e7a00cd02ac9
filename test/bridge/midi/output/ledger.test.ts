import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ledger } from '#daimon/bridge/midi/output/ledger.js';
import { randomFrom, seed } from '#daimon/music/random.js';

const drained = (ledger: Ledger): string[] => {
  const notes: string[] = [];
  ledger.drain((channel, pitch) => notes.push(`${channel}/${pitch}`));
  return notes;
};

describe('the ledger of sounding notes', () => {
  it('knows each channel and pitch apart', () => {
    const ledger = new Ledger();
    for (const [channel, pitch] of [
      [0, 60],
      [1, 60],
      [15, 127],
      [0, 0],
    ] as const)
      assert.equal(ledger.strike(channel, pitch), false);
    assert.equal(ledger.sounding, 4);
    assert.equal(ledger.lift(1, 60), true);
    assert.deepEqual(drained(ledger), ['0/0', '0/60', '15/127']);
    assert.equal(ledger.sounding, 0);
    assert.deepEqual(drained(ledger), []);
  });

  it('shows what sounds, and keeps it', () => {
    const ledger = new Ledger();
    ledger.strike(3, 60);
    ledger.strike(3, 60);
    ledger.strike(4, 61);
    const notes: string[] = [];
    ledger.visit((channel, pitch) => notes.push(`${channel}/${pitch}`));
    assert.deepEqual(notes, ['3/60', '4/61']);
    assert.equal(ledger.sounding, 2);
  });

  it('lets the off of the first strike not end the second', () => {
    const ledger = new Ledger();
    assert.equal(ledger.strike(0, 60), false);
    assert.equal(ledger.strike(0, 60), true);
    assert.equal(ledger.sounding, 1);
    assert.equal(ledger.lift(0, 60), false);
    assert.equal(ledger.sounding, 1);
    assert.equal(ledger.lift(0, 60), true);
    assert.equal(ledger.sounding, 0);
  });

  it('has nothing to end for a pitch that is silent', () => {
    const ledger = new Ledger();
    assert.equal(ledger.lift(0, 60), false);
    assert.equal(ledger.sounding, 0);
  });

  it('tells what sounds first, then what was ever struck and is silent, each by channel and pitch, and again next time', () => {
    const ledger = new Ledger();
    for (const [channel, pitch] of [
      [3, 60],
      [0, 72],
      [0, 60],
      [0, 64],
    ] as const)
      ledger.strike(channel, pitch);
    ledger.lift(0, 60);
    ledger.lift(0, 72);
    const all = (): string[] => {
      const told: string[] = [];
      ledger.drainAll(
        (channel, pitch) => told.push(`${channel}/${pitch}`),
        (channel, pitch) => told.push(`silent ${channel}/${pitch}`),
      );
      return told;
    };
    assert.deepEqual(all(), ['0/64', '3/60', 'silent 0/60', 'silent 0/72']);
    assert.equal(ledger.sounding, 0);
    assert.deepEqual(all(), ['silent 0/60', 'silent 0/64', 'silent 0/72', 'silent 3/60']);
    assert.deepEqual(
      [0, 1, 2, 3].map((channel) => ledger.wasPlayed(channel)),
      [true, false, false, true],
    );
  });

  it('agrees with a map of counts after any strikes and lifts', () => {
    const random = randomFrom(seed(1));
    const ledger = new Ledger();
    const counts = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const [channel, pitch] = [random.below(16), random.below(8)];
      const voice = `${channel}/${pitch}`;
      const before = counts.get(voice) ?? 0;
      if (random.below(2) === 0) {
        assert.equal(ledger.strike(channel, pitch), before > 0);
        counts.set(voice, before + 1);
      } else {
        assert.equal(ledger.lift(channel, pitch), before === 1);
        counts.set(voice, Math.max(0, before - 1));
      }
    }
    const sounding = [...counts].filter(([, count]) => count > 0).map(([voice]) => voice);
    assert.ok(sounding.length > 10);
    assert.equal(ledger.sounding, sounding.length);
    assert.deepEqual(drained(ledger).sort(), sounding.sort());
  });
});
