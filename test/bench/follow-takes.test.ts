import assert from 'node:assert/strict';
import { it } from 'node:test';
import { followedTakes } from '../../bench/parts/follow-takes.js';
import type { Arrival } from '../../bench/parts/probe.js';

const PULSE = 60_000 / (120 * 24);
const STEP = 6 * PULSE;
const START = 1000;
const DOWNBEAT = START + 300;
const PULSES = 400;
const STOP = DOWNBEAT + PULSES * PULSE;

const message = (time: number, status: number, data1 = 0, data2 = 0): Arrival => ({ time, status, data1, data2 });
/** A host from Start to Stop, with its n-th pulse so late, in ms. */
const host = (late: (n: number) => number): readonly Arrival[] => [
  message(START, 0xfa),
  ...Array.from({ length: PULSES }, (_, n) => message(DOWNBEAT + n * PULSE + late(n), 0xf8)),
  message(STOP, 0xfc),
];
/** A note on each sixteenth but the last, so late. */
const notes = (late: number): readonly Arrival[] =>
  Array.from({ length: 60 }, (_, step) => DOWNBEAT + step * STEP + late).flatMap((time) => [
    message(time, 0x90, 60, 80),
    message(time + 50, 0x80, 60, 0),
  ]);
const near = (value: number, wanted: number): void => assert.ok(Math.abs(value - wanted) < 1e-6, `${value}`);

it('notes are held against the grid that the host means, and each against the pulse of its sixteenth', () => {
  const [take] = followedTakes(
    host((n) => (n === 60 ? 4 : 0)),
    notes(3),
  );
  assert.equal(take!.behindGrid.length, 60);
  for (const behind of take!.behindGrid) near(behind, 3);
  for (const [step, behind] of take!.behindPulse.entries()) near(behind, step === 10 ? -1 : 3);
});

it("a host that stands still for longer than half a pulse is late by that, and notes which don't are on time", () => {
  const stall = (n: number): number => Math.max(0, 150 - Math.abs(n - 200) * PULSE);
  const [take] = followedTakes(host(stall), notes(0));
  near(Math.max(...take!.pulses), 150);
  for (const behind of take!.behindGrid) near(behind, 0);
});

it('silence comes with the last off of what sounded at the Stop; what gets none is left', () => {
  const heard = [
    message(DOWNBEAT, 0x90, 60, 80),
    message(DOWNBEAT, 0x90, 64, 80),
    message(DOWNBEAT, 0x91, 64, 80),
    message(STOP + 2, 0x80, 60, 0),
    message(STOP + 3, 0x90, 64, 0),
  ];
  const [take] = followedTakes(
    host(() => 0),
    heard,
  );
  near(take!.silentAfter!, 3);
  assert.equal(take!.left, 1);
});
