import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Ledger } from '#daimon/bridge/midi/output/ledger.js';
import { Stranded } from '#daimon/bridge/midi/output/stranded.js';
import { millis } from '#daimon/music/units.js';

it('a lost port may hold what sounded, and what was ended less than three seconds before; each is told once', () => {
  const stranded = new Stranded();
  const sounding = new Ledger();
  const left = (): string[] => {
    const told: string[] = [];
    stranded.drain((channel, pitch) => told.push(`${channel}/${pitch}`));
    return told;
  };
  sounding.strike(3, 60);
  stranded.end(0, 62, millis(1000));
  stranded.end(0, 64, millis(1500));
  stranded.end(3, 60, millis(2900));
  stranded.lose(sounding, millis(4000));
  assert.deepEqual(left(), ['0/64', '3/60']);
  assert.deepEqual(left(), []);
  stranded.lose(new Ledger(), millis(8000));
  assert.deepEqual(left(), []);
});
