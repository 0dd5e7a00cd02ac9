import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { tick } from '#daimon/music/units.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { line, off, on, studio } from '../../../support/studio.js';

const SECOND = nextEpoch(FIRST_EPOCH);

describe('the player of edges', () => {
  it('sends each edge at its time, a chord together, and tells of each', () => {
    const { schedule, setTimeline, until, wire, echo } = studio();
    setTimeline(line(0, 100));
    const edges = [on(0, 60), on(0, 64), off(120, 60), off(120, 64), on(120.5, 62), off(240, 62)];
    schedule(edges);
    until(1000);
    assert.deepEqual(wire, ['100 903c50', '100 904050', '220 803c40', '220 804040', '220.5 903e50', '340 803e40']);
    const sent = echo();
    assert.deepEqual(
      sent.map((each) => each.edge),
      edges,
    );
    for (const each of sent) {
      assert.equal(each.late, 0);
      assert.equal(each.tick, each.edge.tick);
      assert.equal(each.time, 100 + each.edge.tick);
    }
  });

  it('sends nothing while there is no timeline', () => {
    const { schedule, until, wire } = studio();
    schedule([on(0, 60), off(10, 60)]);
    until(1000);
    assert.deepEqual(wire, []);
  });

  it('bends notes already queued when the tempo changes', () => {
    const { schedule, setTimeline, until, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(100, 60), on(200, 62), off(300, 62)]);
    until(100);
    setTimeline(line(100, 100, 62.5));
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '100 803c40', '300 903e50', '500 803e40']);
  });

  it('releases what sounds and drops what is queued when the epoch ends', () => {
    const { schedule, setTimeline, until, release, wire, echo } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), on(0, 64, 3), off(500, 60), off(500, 64, 3), on(600, 70), off(700, 70)]);
    until(50);
    release(SECOND);
    schedule([on(75, 62), off(80, 62)], SECOND);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '0 934050', '50 803c00', '50 834000', '75 903e50', '80 803e40']);
    const offs = echo().slice(2, 4);
    for (const { edge, tick: at, late, epoch } of offs) assert.deepEqual([edge.tick, at, late, epoch], [50, 50, 0, 0]);
  });

  it('releases what sounds when asked to within an epoch, and plays on in it', () => {
    const { schedule, setTimeline, until, release, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(100, 60), on(200, 62), off(300, 62)]);
    until(50);
    release(FIRST_EPOCH);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '50 803c00', '200 903e50', '300 803e40']);
  });

  it('releases what sounds when the timeline ends', () => {
    const { schedule, setTimeline, until, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(500, 60)]);
    until(50);
    setTimeline(null);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '50 803c00']);
  });

  it('places a release before a jump, not after it', () => {
    const { schedule, setTimeline, until, release, echo } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(500, 60)]);
    until(50);
    release(SECOND);
    setTimeline(line(30_720, 50));
    until(60);
    assert.deepEqual(
      echo().map((each) => each.edge.tick),
      [0, 50],
    );
  });

  it('sends what it overslept at once, in order, and says how late', () => {
    const { schedule, setTimeline, oversleep, wire, echo } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(10, 60), on(30, 62), off(60, 62)]);
    oversleep(40);
    assert.deepEqual(wire, ['40 903c50', '40 803c40', '40 903e50']);
    assert.deepEqual(
      echo().map((each) => [each.edge.tick, each.tick, each.late]),
      [
        [0, 40, 40],
        [10, 40, 30],
        [30, 40, 10],
      ],
    );
  });

  it('ends a note before it strikes it again, and lets the first off not end the second note', () => {
    const { schedule, setTimeline, until, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), on(50, 60), off(60, 60), off(90, 60)]);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '50 803c00', '50 903c50', '90 803c40']);
  });

  it('does not send an off for a silent pitch', () => {
    const { schedule, setTimeline, until, wire } = studio();
    setTimeline(line(0, 0));
    schedule([off(0, 60), on(10, 60), off(20, 60), off(30, 60)]);
    until(1000);
    assert.deepEqual(wire, ['10 903c50', '20 803c40']);
  });

  it('sends program and control changes at their length', () => {
    const { schedule, setTimeline, until, wire } = studio();
    setTimeline(line(0, 0));
    schedule([
      { tick: tick(0), status: 0xc1, data1: 40, data2: 0 },
      { tick: tick(1), status: 0xb1, data1: 7, data2: 100 },
    ]);
    until(10);
    assert.deepEqual(wire, ['0 c128', '1 b10764']);
  });

  it('plays nothing on a map or in an epoch that was changed while it looked', () => {
    const { schedule, setTimeline, signal, player, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(1, 60)]);
    const seen = signal();
    assert.equal(player.advance(seen), 0);
    schedule([on(0, 60)], SECOND);
    assert.deepEqual(wire, []);
  });

  it('releases the notes of a player before it', () => {
    const { player, wire, echo } = studio();
    player.adopt(2, 60, 77);
    player.release();
    player.release();
    assert.deepEqual(wire, ['0 823c00']);
    assert.equal(echo()[0].edge.tick, 77);
  });

  it('ends what a lost port was left with as soon as it is back, and echoes the notes as they were planned', () => {
    const { schedule, setTimeline, until, player, wire, echo } = studio();
    setTimeline(line(0, 0));
    const edges = [on(0, 60), on(0, 64, 3), on(10, 62), off(20, 62), off(40, 60), off(100, 64, 3)];
    schedule(edges);
    until(30);
    player.losePort();
    until(50);
    wire.length = 0;
    player.findPort();
    // the off of 62 went out before the port was seen to be gone: it may have gone nowhere
    assert.deepEqual(wire, ['50 803c00', '50 803e00', '50 834000']);
    player.findPort();
    assert.equal(wire.length, 3, 'once');
    until(200);
    assert.deepEqual(
      echo().map(({ edge }) => edge),
      edges,
    );
  });

  it('leaves no note on whatever it is given, and never two ons or two offs in turn', () => {
    for (let n = 0; n < 50; n++) {
      const random = randomFrom(seed(n));
      const { schedule, setTimeline, until, release, player, wire } = studio();
      let epoch = FIRST_EPOCH;
      let now = 0;
      for (let round = 0; round < 20; round++) {
        const edges = Array.from({ length: random.below(30) }, () => {
          const edge = random.below(2) === 0 ? on : off;
          return edge(now + random.below(200), 60 + random.below(5), random.below(2));
        });
        schedule(
          edges.sort((a, b) => a.tick - b.tick),
          epoch,
        );
        if (random.below(3) === 0) setTimeline(random.below(4) === 0 ? null : line(now, now, 60 + random.below(120)));
        now += random.below(150);
        until(now);
        if (random.below(3) > 0) continue;
        epoch = nextEpoch(epoch);
        release(epoch);
      }
      player.release();
      const sounding = new Set<string>();
      for (const message of wire) {
        const [, isOn, voice] = /^\S+ ([89])(\w{3})/.exec(message)!;
        if (isOn === '9') assert.ok(!sounding.has(voice), message);
        else assert.ok(sounding.has(voice), message);
        if (isOn === '9') sounding.add(voice);
        else sounding.delete(voice);
      }
      assert.ok(wire.length > 0);
      assert.deepEqual([...sounding], []);
    }
  });
});
