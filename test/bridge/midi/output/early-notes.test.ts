import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis } from '#daimon/music/units.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { line, off, on, studio } from '../../../support/studio.js';
import { bytesOf, bytesOfEdge, soundingAfter, timesOf } from '../../../support/wire.js';

const SECOND = nextEpoch(FIRST_EPOCH);
/** Of the queue, in ms. */
const PERIOD = 0.2;

const early = () => studio({ early: true });

describe('a player with a queue of the kernel', () => {
  it('has each edge sent at the next step of the queue, never before its time, and tells of each as it was sent', () => {
    const { schedule, setTimeline, until, wire, echo } = early();
    setTimeline(line(0, 100));
    const edges = [on(0, 60), on(0, 64), off(120, 60), off(120, 64), on(120.5, 62), off(240, 62)];
    schedule(edges);
    until(1000);
    assert.deepEqual(wire, ['100 903c50', '100 904050', '220 803c40', '220 804040', '220.6 903e50', '340 803e40']);
    const sent = echo();
    assert.deepEqual(
      sent.map((each) => each.edge),
      edges,
    );
    for (const [i, { edge, late, time, tick }] of sent.entries()) {
      assert.ok(Math.abs(time - timesOf(wire)[i]!) < 1e-6);
      assert.ok(Math.abs(late - (time - 100 - edge.tick)) < 1e-6);
      assert.ok(Math.abs(tick - (time - 100)) < 1e-6);
    }
  });

  it('is not late where its thread is, by ten milliseconds and more', () => {
    const { schedule, setTimeline, until, oversleep, wire } = early();
    setTimeline(line(0, 0));
    schedule([on(100, 60), off(110, 60), on(114, 62), off(200, 62)]);
    until(99);
    oversleep(130);
    assert.deepEqual(wire, ['100 903c50', '110 803c40', '114 903e50']);
  });

  it('has what was planned too late sent at once, before what is due later, and says how late', () => {
    const { schedule, setTimeline, oversleep, until, wire, echo } = early();
    setTimeline(line(0, 0));
    schedule([on(10, 60), off(30, 60), on(45, 62), off(60, 62)]);
    oversleep(40);
    until(100);
    assert.deepEqual(bytesOf(wire), ['903c50', '803c40', '903e50', '803e40']);
    const late = echo().map((each) => Math.round(each.late));
    assert.deepEqual(late, [30, 10, 0, 0]);
  });

  it('sends what is late past a queue that rests: it does not have to begin to ring first', () => {
    const { schedule, setTimeline, oversleep, until, wire, kernel } = early();
    setTimeline(line(0, 0));
    schedule([on(10, 60), on(10, 64), off(100, 60), off(100, 64)]);
    oversleep(40);
    assert.deepEqual(wire, ['40 903c50', '40 904050']);
    assert.ok(!kernel.isRunning());
    until(200);
    assert.deepEqual(wire.slice(2), ['100 803c40', '100 804040']);
    assert.ok(kernel.isRunning());
  });

  it('bends notes that are in the queue already when the tempo changes', () => {
    const { schedule, setTimeline, until, wire } = early();
    setTimeline(line(0, 0));
    schedule([on(100, 60), off(110, 60), on(114, 62), off(200, 62)]);
    until(90);
    setTimeline(line(90, 90, 62.5));
    until(1000);
    assert.deepEqual(wire, ['110 903c50', '130 803c40', '138 903e50', '310 803e40']);
  });

  it('ends what sounds at once and sends nothing that was in the queue: on a release, a Stop, a jump and a closing', () => {
    for (const end of ['release', 'stop', 'jump', 'close']) {
      const { schedule, setTimeline, until, release, player, wire, echo } = early();
      setTimeline(line(0, 0));
      schedule([on(0, 60), on(0, 64, 3), off(55, 60), on(55, 62), off(58, 62), off(59, 64, 3)]);
      until(50);
      if (end === 'release') release(SECOND);
      else if (end === 'stop') setTimeline(null);
      else if (end === 'close') player.release();
      else {
        release(SECOND);
        setTimeline(line(3000, 50));
      }
      if (end !== 'close') until(1000);
      assert.deepEqual(wire, ['0 903c50', '0 934050', '50 803c00', '50 834000'], end);
      assert.deepEqual(
        echo().map(({ edge }) => edge.tick),
        [0, 0, 50, 50],
        end,
      );
    }
  });

  it('plays on after a panic with what was in the queue', () => {
    const { schedule, setTimeline, until, panic, wire } = early();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(55, 60), on(56, 62), off(58, 62)]);
    until(50);
    panic();
    until(100);
    const silencers = ['b04000', 'b07800', 'b07b00'];
    assert.deepEqual(
      wire.slice(1, 5),
      ['803c00', ...silencers].map((message) => `50 ${message}`),
    );
    assert.deepEqual(wire.slice(5), ['56 903e50', '58 803e40']);
  });

  it('ends a note before it strikes it again, in the queue too', () => {
    const { schedule, setTimeline, until, wire } = early();
    setTimeline(line(0, 0));
    schedule([on(0, 60), on(5, 60), off(6, 60), off(9, 60)]);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '5 803c00', '5 903c50', '9 803c40']);
  });

  it('goes on without the port that its queue was before, and with the next one', () => {
    const { schedule, setTimeline, until, player, wire, echo, earlySender } = early();
    setTimeline(line(0, 0));
    const edges = [on(0, 60), on(35, 62), off(40, 62), off(100, 60), on(120, 64), off(140, 64)];
    schedule(edges);
    until(30);
    player.losePort();
    assert.equal(player.isEarly, false);
    until(50);
    player.findPort(earlySender());
    assert.equal(player.isEarly, true);
    until(200);
    assert.deepEqual(wire.slice(-4), ['50 803c00', '100 803c40', '120 904050', '140 804040']);
    assert.deepEqual(
      echo().map(({ edge }) => edge),
      edges,
    );
  });

  it('sends by itself where the queue stands still, and says so', () => {
    const { schedule, setTimeline, until, player, kernel, wire, isStuck } = early();
    setTimeline(line(0, 0));
    schedule([on(10, 60), off(100, 60), on(3000, 62), off(3100, 62)]);
    kernel.stick();
    until(4000);
    assert.equal(player.isEarly, false);
    assert.deepEqual(bytesOf(wire), ['803c00', '903c50', '803c40', '903e50', '803e40']);
    assert.deepEqual(timesOf(wire).slice(3), [3000, 3100]);
    assert.ok(isStuck());
  });

  it('lets the timer of its queue rest while there is nothing to play', () => {
    const { schedule, setTimeline, until, kernel, wire } = early();
    assert.ok(!kernel.isRunning());
    setTimeline(line(0, 0));
    schedule([on(100, 60), off(200, 60), on(9000, 62), off(9001, 62)]);
    until(2100);
    assert.ok(kernel.isRunning());
    until(2300);
    assert.ok(!kernel.isRunning());
    until(9500);
    assert.deepEqual(wire.slice(2), ['9000 903e50', '9001 803e40']);
  });

  it('has the queue send the clock as well, each pulse before the notes of its tick', () => {
    const { schedule, setTimeline, until, release, wire } = studio({ early: true, sendsClock: true });
    setTimeline(line(0, 10));
    schedule([on(20, 60), off(40, 60), on(65, 62)]);
    until(72);
    setTimeline(null);
    until(200);
    release(SECOND);
    setTimeline(line(62, 200));
    until(230);
    assert.deepEqual(wire, [
      '0 fa',
      '10 f8',
      '30 f8',
      '30 903c50',
      '50 f8',
      '50 803c40',
      '70 f8',
      '72 fc',
      '200 fb',
      '218 f8',
    ]);
  });

  it('leaves no note on whatever it is given, never two ons or two offs in turn, and tells of all that was sent', () => {
    for (let n = 0; n < 300; n++) {
      const random = randomFrom(seed(n));
      const { schedule, setTimeline, until, oversleep, release, takeOver, player, wire, echo } = early();
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
        if (random.below(3) === 0) {
          const to = random.below(4) === 0 ? null : line(now, now, 60 + random.below(120));
          setTimeline(to, millis(random.below(21) - 10));
        }
        now += random.below(150);
        until(now);
        if (random.below(4) === 0) {
          now += random.below(40);
          oversleep(now);
        }
        if (random.below(3) > 0) continue;
        epoch = nextEpoch(epoch);
        if (random.below(2) === 0) release(epoch);
        else takeOver(epoch, now + random.below(60) - 20);
      }
      player.release();
      const sounding = new Set<string>();
      for (const message of wire) {
        const [, isOn, voice, velocity] = /^\S+ ([89])(\w{3})(\w\w)/.exec(message)!;
        // what was taken back may have left meanwhile, and is ended in any case
        const isCareful = isOn === '8' && velocity === '00';
        assert.ok(isCareful || sounding.has(voice!) === (isOn === '8'), message);
        if (isOn === '9') sounding.add(voice!);
        else sounding.delete(voice!);
      }
      assert.deepEqual([...sounding], []);
      const told = echo();
      let heard = 0;
      for (const [i, message] of bytesOf(wire).entries()) {
        const next = told[heard];
        const isTold = next !== undefined && message === bytesOfEdge(next.edge);
        if (isTold && Math.abs(next.time - timesOf(wire)[i]!) <= PERIOD + 1e-6) heard++;
        else assert.match(message, /^8...00$/, `${wire[i]} is not told of`);
      }
      assert.equal(heard, told.length);
    }
  });

  it('leaves no note on where messages leave while it takes them back', () => {
    for (let n = 0; n < 300; n++) {
      const random = randomFrom(seed(n));
      const { schedule, setTimeline, until, release, takeOver, player, wire, holdUp } = early();
      holdUp(() => random.below(2000) / 100);
      let epoch = FIRST_EPOCH;
      for (let now = 0; now < 1500; now += random.below(100)) {
        setTimeline(line(now, now, 60 + random.below(120)));
        const edges = Array.from({ length: random.below(20) }, () => {
          const edge = random.below(2) === 0 ? on : off;
          return edge(now + random.below(100), 60 + random.below(5));
        });
        schedule(
          edges.sort((a, b) => a.tick - b.tick),
          epoch,
        );
        until(now);
        if (random.below(3) > 0) continue;
        epoch = nextEpoch(epoch);
        if (random.below(2) === 0) {
          takeOver(epoch, now + random.below(40) - 10);
          continue;
        }
        release(epoch);
        until(now);
        assert.deepEqual(soundingAfter(wire), [], `${n}: at ${now}`);
      }
      player.release();
      assert.deepEqual(soundingAfter(wire), [], `${n}`);
    }
  });
});
