import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { line, off, on, studio } from '../../../support/studio.js';

const SECOND = nextEpoch(FIRST_EPOCH);

describe('an epoch that takes over', () => {
  it('plays the old up to where the new takes over; there what sounds ends, on time, and what was to come is dropped', () => {
    const { schedule, setTimeline, until, takeOver, wire, echo } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(90, 60), on(95, 64), on(100, 65), off(400, 64), on(500, 66)]);
    until(50);
    takeOver(SECOND, 100);
    until(60);
    schedule([on(100, 64), on(110, 62), off(120, 62), off(130, 64)], SECOND);
    until(1000);
    const heard = ['0 903c50', '90 803c40', '95 904050', '100 804000', '100 904050', '110 903e50', '120 803e40'];
    assert.deepEqual(wire, [...heard, '130 804040']);
    const [ended] = echo().filter(({ edge }) => edge.data1 === 64 && edge.status === 0x80);
    assert.deepEqual([ended.edge.tick, ended.late], [100, 0]);
  });

  it('takes over in silence too, and at once where that is past: nothing that sounds is forgotten', () => {
    const { schedule, setTimeline, until, takeOver, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), on(200, 61), off(900, 60), off(900, 61)]);
    until(50);
    takeOver(SECOND, 100);
    until(150);
    assert.deepEqual(wire, ['0 903c50', '100 803c00']);
    schedule([on(150, 70), on(400, 71)], SECOND);
    until(300);
    const third = nextEpoch(SECOND);
    takeOver(third, 250);
    until(350);
    assert.deepEqual(wire.slice(2), ['150 904650', '300 804600']);
  });

  it('of several that take over, a newer and earlier one leaves out those before it; a release leaves out all', () => {
    const { schedule, setTimeline, until, release, takeOver, wire } = studio();
    setTimeline(line(0, 0));
    const third = nextEpoch(SECOND);
    const fourth = nextEpoch(third);
    schedule([on(0, 60), off(50, 60), on(60, 61)]);
    takeOver(SECOND, 200);
    schedule([on(200, 62), off(210, 62)], SECOND);
    takeOver(third, 100);
    schedule([on(100, 63), off(150, 63), on(300, 64)], third);
    takeOver(fourth, 250);
    schedule([on(250, 65), off(260, 65)], fourth);
    until(220);
    assert.deepEqual(wire, ['0 903c50', '50 803c40', '60 903d50', '100 803d00', '100 903f50', '150 803f40']);
    release(nextEpoch(fourth));
    until(1000);
    assert.equal(wire.length, 6);
  });

  it('plays what lies between a release and a take-over, where both are seen in one look', () => {
    for (const early of [false, true]) {
      const { schedule, setTimeline, until, release, takeOver, wire } = studio({ early });
      setTimeline(line(0, 0));
      schedule([on(0, 60), off(90, 60)]);
      until(50);
      release(SECOND);
      schedule([on(60, 62), off(150, 62)], SECOND);
      takeOver(nextEpoch(SECOND), 100);
      until(1000);
      assert.deepEqual(wire, ['0 903c50', '50 803c00', '60 903e50', '100 803e00'], `${early}`);
    }
  });

  it('whoever takes over when, each note that was struck is ended once, and none is struck while it sounds', () => {
    for (let trial = 0; trial < 200; trial++) {
      const random = randomFrom(seed(trial));
      const { schedule, setTimeline, until, takeOver, release, wire } = studio();
      setTimeline(line(0, 0));
      let epoch = FIRST_EPOCH;
      let planned = 0;
      for (let now = 0; now < 1000; now += random.below(60)) {
        if (random.below(3) === 0) {
          epoch = nextEpoch(epoch);
          planned = now + random.below(80) - 10;
          if (random.below(5) === 0) release(epoch);
          else takeOver(epoch, planned);
        }
        const length = 1 + random.below(40);
        const pitch = 60 + random.below(3);
        schedule([on(planned, pitch), off(planned + length, pitch)], epoch);
        planned += length;
        until(now);
      }
      until(5000);
      const sounding = new Set<string>();
      for (const message of wire) {
        const [, status, pitch] = /^\S+ (.).(..)/.exec(message) ?? [];
        assert.ok(status === '9' ? !sounding.has(pitch) : sounding.delete(pitch), `trial ${trial}: ${message}`);
        if (status === '9') sounding.add(pitch);
      }
      assert.equal(sounding.size, 0, `trial ${trial}`);
    }
  });
});
