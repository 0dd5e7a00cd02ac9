import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { type Edge, type Epoch, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { line, off, on, studio } from '../../../support/studio.js';
import { bytesOf, bytesOfEdge, soundingAfter, timesOf } from '../../../support/wire.js';

const SECOND = nextEpoch(FIRST_EPOCH);
const THIRD = nextEpoch(SECOND);
/** Of the queue, in ms. */
const PERIOD = 0.2;

/** Plays 60 and 64 in the first epoch; the second takes over at 100 with 64 and 62. What the first has from there on is stale. */
function launch(stale: readonly Edge[] = [on(100, 65), off(400, 64)], sendsClock = false) {
  const all = studio({ early: true, sendsClock });
  all.setTimeline(line(0, 0));
  all.schedule([on(0, 60), on(0, 64), off(90, 60), on(95, 67), ...stale]);
  all.until(50);
  all.takeOver(SECOND, 100);
  all.until(60);
  all.schedule([on(100, 64), on(100, 62), off(120, 62), off(130, 64)], SECOND);
  return all;
}
const BEFORE = ['0 903c50', '0 904050', '90 803c40', '95 904350'];
const LINE = ['100 804000', '100 804300', '100 904050', '100 903e50'];
const AFTER = ['120 803e40', '130 804040'];

const epochs = (sent: readonly Sent[]): readonly (readonly [string, number])[] =>
  sent.map(({ edge, epoch }) => [bytesOfEdge(edge), epoch]);

describe('a launch through a queue of the kernel', () => {
  it('has what sounds end and the first notes begin in one moment, whatever its thread sleeps through', () => {
    const { until, oversleep, wire, echo } = launch();
    until(94);
    oversleep(108);
    assert.deepEqual(wire, [...BEFORE, ...LINE]);
    until(1000);
    assert.deepEqual(wire, [...BEFORE, ...LINE, ...AFTER]);
    const sent = echo();
    assert.deepEqual(
      epochs(sent),
      bytesOf(wire).map((bytes, i) => [bytes, i < 6 ? FIRST_EPOCH : SECOND]),
    );
    for (const [i, { edge, late, time }] of sent.entries()) {
      assert.equal(edge.tick, timesOf(wire)[i]);
      // what was overslept was looked at late
      assert.ok(Math.abs(time - edge.tick - late) < 1e-6 && late >= 0);
    }
  });

  it('is as tight where hundreds of notes of the old epoch stand before those of the new one', () => {
    const stale = Array.from({ length: 400 }, (_, i) => [on(100 + i, 65), off(101 + i, 65)]).flat();
    const { until, oversleep, wire } = launch(stale);
    until(94);
    oversleep(108);
    until(1000);
    assert.deepEqual(wire, [...BEFORE, ...LINE, ...AFTER]);
  });

  it('ends as many notes as there are, by the thread itself where the queue has no room for that', () => {
    for (const channels of [3, 16]) {
      const { schedule, setTimeline, until, takeOver, wire, echo } = studio({ early: true });
      setTimeline(line(0, 0));
      for (let at = 0; at < channels; at++) schedule(Array.from({ length: 60 }, (_, i) => on(20 * at, 40 + i, at)));
      until(400);
      takeOver(SECOND, 500);
      schedule([on(500, 62), off(520, 62)], SECOND);
      until(1000);
      const notes = 60 * channels;
      assert.deepEqual(timesOf(wire.slice(notes)), [...Array.from({ length: notes + 1 }, () => 500), 520]);
      assert.deepEqual(bytesOf(wire).at(-2), '903e50');
      assert.deepEqual(soundingAfter(wire), []);
      assert.equal(echo().length, 2 * notes + 2);
    }
  });

  it('takes over in silence too, and at once where that is past', () => {
    const { schedule, setTimeline, until, takeOver, wire } = studio({ early: true });
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(50, 60)]);
    takeOver(SECOND, 100);
    schedule([on(100, 61), on(300, 62)], SECOND);
    until(200);
    takeOver(THIRD, 150);
    schedule([on(150, 63), off(220, 63)], THIRD);
    until(1000);
    assert.deepEqual(wire, ['0 903c50', '50 803c40', '100 903d50', '200 803d00', '200 903f50', '220 803f40']);
  });

  it('has a pulse of the clock before it, where one falls on its line', () => {
    const { until, wire } = launch(undefined, true);
    until(105);
    assert.deepEqual(wire.slice(-5), ['100 f8', ...LINE]);
  });

  it('bends with the tempo', () => {
    const { setTimeline, until, wire } = launch();
    until(92);
    setTimeline(line(92, 92, 62.5));
    until(1000);
    const bent = ['98 904350', '108 804000', '108 804300', '108 904050', '108 903e50', '148 803e40', '168 804040'];
    assert.deepEqual(wire.slice(3), bent);
  });

  it('does not come where a Stop, a jump or the closing comes first: what sounds ends then, and is told of once', () => {
    for (const end of ['stop', 'jump', 'close']) {
      const { setTimeline, until, release, player, wire, echo } = launch();
      until(97);
      if (end === 'stop') setTimeline(null);
      else if (end === 'close') player.release();
      else {
        release(THIRD);
        setTimeline(line(3000, 97));
      }
      if (end !== 'close') until(1000);
      assert.deepEqual(wire, [...BEFORE, '97 804000', '97 804300'], end);
      assert.deepEqual(
        epochs(echo()),
        bytesOf(wire).map((bytes) => [bytes, FIRST_EPOCH]),
        end,
      );
    }
  });

  it('comes after a panic, with nothing left to end', () => {
    const { panic, until, wire, echo } = launch();
    until(97);
    panic();
    until(1000);
    assert.deepEqual(wire.slice(4, 6), ['97 804000', '97 804300']);
    assert.deepEqual(wire.slice(-4), [...LINE.slice(2), ...AFTER]);
    assert.deepEqual(
      echo().map(({ epoch }) => epoch),
      [0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
    );
  });

  it('comes where the port has gone, and where another one has come', () => {
    for (const comes of [false, true]) {
      const { player, earlySender, until, wire, echo } = launch();
      until(97);
      player.losePort();
      until(98);
      wire.length = 0;
      if (comes) player.findPort(earlySender());
      // 60 was ended so late that nobody had seen whether the port was there
      assert.deepEqual(wire, comes ? ['98 803c00', '98 804000', '98 804300'] : []);
      wire.length = 0;
      until(1000);
      assert.deepEqual(wire, [...LINE, ...AFTER]);
      assert.deepEqual(
        epochs(echo()),
        bytesOf([...BEFORE, ...LINE, ...AFTER]).map((bytes, i) => [bytes, i < 6 ? FIRST_EPOCH : SECOND]),
      );
    }
  });

  it('is overtaken by a newer one, though it is in the queue already', () => {
    const { schedule, takeOver, until, wire, echo } = launch();
    until(97);
    takeOver(THIRD, 99);
    schedule([on(99, 72), off(110, 72)], THIRD);
    until(1000);
    assert.deepEqual(wire, [...BEFORE, '99 804000', '99 804300', '99 904850', '110 804840']);
    assert.deepEqual(
      echo().map(({ epoch }) => epoch),
      [0, 0, 0, 0, 0, 0, 2, 2],
    );
  });

  it('is cut short by a newer one that begins while its first notes are in the queue', () => {
    const { schedule, takeOver, until, wire, echo } = launch();
    schedule([on(104, 67), off(105, 67)], SECOND);
    until(97);
    takeOver(THIRD, 104);
    schedule([on(104, 72), off(110, 72)], THIRD);
    until(1000);
    assert.deepEqual(wire, [...BEFORE, ...LINE, '104 803e00', '104 804000', '104 904850', '110 804840']);
    assert.deepEqual(
      echo().map(({ epoch }) => epoch),
      [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2],
    );
  });

  it('is left where it is by a newer one that begins later', () => {
    const { schedule, takeOver, until, kernel, wire } = launch();
    until(97);
    kernel.beforeClear(() => assert.fail('nothing need be taken back'));
    takeOver(THIRD, 125);
    schedule([on(125, 72), off(140, 72)], THIRD);
    until(1000);
    assert.deepEqual(wire.slice(4), [...LINE, '120 803e40', '125 804000', '125 904850', '140 804840']);
  });

  it('sounds as without a queue, message by message and epoch by epoch, whatever is launched, ended or stopped when', () => {
    for (let n = 0; n < 100; n++) {
      const random = randomFrom(seed(n));
      const sendsClock = random.below(2) === 0;
      const [with_, without] = [studio({ early: true, sendsClock }), studio({ sendsClock })];
      const both = (tell: (each: ReturnType<typeof studio>) => void): void => {
        tell(with_);
        tell(without);
      };
      both(({ setTimeline }) => setTimeline(line(0, 0)));
      let epoch: Epoch = FIRST_EPOCH;
      let planned = 0;
      // between two ticks, so that both agree on what came before
      for (let now = 0.5; now < 1200; now += random.below(40)) {
        both(({ until }) => until(now));
        const here = Math.ceil(now);
        const what = random.below(12);
        if (what < 5) {
          epoch = nextEpoch(epoch);
          planned = what === 0 ? here : here + random.below(60) - 10;
          both(({ release, takeOver }) => (what === 0 ? release(epoch) : takeOver(epoch, planned)));
        } else if (what === 5) {
          both(({ panic }) => panic());
        } else if (what === 6) {
          both(({ setTimeline }) => setTimeline(null));
          both(({ until }) => until(now + 0.1));
          both(({ setTimeline }) => setTimeline(line(here, here)));
        }
        const edges: Edge[] = [];
        for (let left = random.below(8); left > 0; left--) {
          planned += random.below(3) * random.below(10);
          edges.push((random.below(2) === 0 ? on : off)(planned, 60 + random.below(4), random.below(2)));
        }
        both(({ schedule }) => schedule(edges, epoch));
      }
      both(({ until }) => until(2000.5));
      both(({ release }) => release(nextEpoch(epoch)));
      both(({ until }) => until(2001));
      assert.deepEqual(bytesOf(with_.wire), bytesOf(without.wire), `${n}`);
      for (const [i, time] of timesOf(with_.wire).entries())
        assert.ok(Math.abs(time - timesOf(without.wire)[i]!) <= PERIOD + 1e-6, `${n}: ${with_.wire[i]}`);
      const told = ({ edge, epoch: its }: Sent) => ({ edge, its });
      assert.deepEqual(with_.echo().map(told), without.echo().map(told), `${n}`);
      assert.deepEqual(soundingAfter(with_.wire), [], `${n}`);
    }
  });
});
