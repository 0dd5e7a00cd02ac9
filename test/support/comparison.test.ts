import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitOf, pairUp } from './comparison.js';
import type { SmfNote } from './smf.js';

const note = (on: number, pitch: number, velocity = 90): SmfNote => ({
  on,
  off: on + 100,
  pitch,
  velocity,
  channel: 0,
});
const planned = [note(0, 60), note(0, 64), note(120, 60), note(240, 67)];
/** The plan, begun 1000 ticks later and played at two thirds of the tempo. */
const recorded = planned.map((n) => ({ ...n, on: 1000 + n.on * 1.5, off: 1000 + n.off * 1.5 }));

describe('a recording beside its plan', () => {
  it('pairs each planned note with its recorded one, at any tempo', () => {
    assert.deepEqual(
      pairUp(planned, recorded, 1000).map((pair) => pair.planned),
      planned,
    );
  });

  it('may end early where the plan goes on', () => {
    assert.equal(pairUp(planned, recorded.slice(0, 3), 121).length, 3);
  });

  it('sees a note that is missing', () => {
    assert.throws(() => pairUp(planned, recorded.slice(0, 3), 1000), /pitch 67 .* was not recorded/);
  });

  it('sees a note that came twice, and one that nobody planned', () => {
    assert.throws(() => pairUp(planned, [...recorded, note(2000, 67)], 0), /not planned/);
    assert.throws(() => pairUp(planned, [note(0, 61)], 0), /not planned/);
  });

  it('sees another velocity', () => {
    assert.throws(() => pairUp(planned, [{ ...recorded[0]!, velocity: 1 }], 0), /velocity 90/);
  });

  it('sees notes out of order, but not in a chord', () => {
    const chord = [note(10, 64), note(20, 60)];
    assert.equal(pairUp(planned, chord, 0).length, 2);
    assert.throws(() => pairUp(planned, [note(10, 67), note(20, 60)], 0), /planned before it/);
  });

  it('finds where the take began and how fast it went', () => {
    const fit = fitOf(pairUp(planned, recorded, 0));
    assert.ok(Math.abs(fit(0) - 1000) < 1e-6);
    assert.ok(Math.abs(fit(480) - 1720) < 1e-6);
  });
});
