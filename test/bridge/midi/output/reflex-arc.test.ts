import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reflexArc } from '#daimon/bridge/midi/output/reflex-arc.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { Timeline } from '#daimon/music/timeline.js';
import { bpm, type Millis, millis, tick } from '#daimon/music/units.js';
import { type Clock, clockState, newClock, turnClock } from '#daimon/transport/clock/clock.js';
import { lineOf } from '#daimon/transport/clock/clock-state.js';
import type { HostMessage } from '#daimon/transport/clock/follower.js';
import { areSameReflexes, NO_REFLEXES, type Reflexes, reflexesOf } from '#daimon/transport/clock/reflexes.js';

const host = (kind: 'pulse' | 'start' | 'stop' | 'continue', time: number): HostMessage => ({
  kind,
  time: millis(time),
});
const DOWNBEAT: Reflexes = { stops: true, downbeat: { tick: tick(480), tempo: bpm(100) } };
const RUNNING: Reflexes = { stops: true, downbeat: null };
const line = (time: number): Timeline => ({ tempo: bpm(100), tickOrigin: tick(480), timeOrigin: millis(time) });

/** The arc, and the lines that it gave the output. */
function arc() {
  const lines: [Timeline | null, Millis | undefined][] = [];
  return { lines, ...reflexArc({ setTimeline: (to, offset) => void lines.push([to, offset]), giveWay: () => {} }) };
}

describe('what is done where a message arrives', () => {
  it('is to end the music on a Stop, once, and to begin it on the first pulse, with the offset of the others', () => {
    const { lines, hear, learn, setTimeline } = arc();
    setTimeline(null, millis(-5), 0);
    learn(DOWNBEAT, 0);
    assert.ok(hear(host('pulse', 1000)));
    assert.ok(!hear(host('pulse', 1025)));
    assert.ok(hear(host('stop', 1030)));
    assert.ok(!hear(host('stop', 1040)));
    assert.deepEqual(lines, [
      [null, -5],
      [line(1000), -5],
      [null, -5],
    ]);
  });

  it('is nothing where nothing was learnt, nor for keys and knobs', () => {
    const { lines, hear, learn } = arc();
    for (const message of [host('pulse', 0), host('stop', 1), host('start', 2), null]) assert.ok(!hear(message));
    learn(DOWNBEAT, 4);
    assert.ok(!hear(null));
    assert.deepEqual(lines, []);
  });

  it('holds against what was said by one who had not heard of it', () => {
    const { lines, hear, learn, setTimeline } = arc();
    learn(RUNNING, 0);
    hear(host('pulse', 0));
    hear(host('stop', 5));
    setTimeline(line(0), millis(0), 1);
    learn(RUNNING, 1);
    assert.ok(!hear(host('stop', 10)));
    assert.deepEqual(lines, [[null, 0]]);
    setTimeline(line(20), millis(0), 2);
    assert.deepEqual(lines[1], [line(20), 0]);
  });

  it('is not to begin where a Start, Continue or Song Position may have moved the beginning since', () => {
    const moving: HostMessage[] = [
      host('start', 0),
      host('continue', 0),
      { kind: 'position', tick: tick(960), time: millis(0) },
    ];
    for (const message of moving) {
      const { lines, hear, learn } = arc();
      learn(DOWNBEAT, 0);
      hear(message);
      assert.ok(!hear(host('pulse', 1)));
      learn(DOWNBEAT, 0);
      assert.ok(!hear(host('pulse', 2)));
      learn(DOWNBEAT, 3);
      assert.ok(hear(host('pulse', 3)));
      assert.equal(lines.length, 1);
    }
  });

  it('comes to the same line as the daemon, however late that hears of what arrives', () => {
    for (let name = 1; name <= 200; name++) {
      const random = randomFrom(seed(name));
      let at: Timeline | null = null;
      const { hear, learn, setTimeline } = reflexArc({
        setTimeline: (to) => {
          at = to;
        },
        giveWay: () => {},
      });
      let clock: Clock = newClock('host', bpm(120));
      let heard = 0;
      let line: Timeline | null = null;
      let reflexes = NO_REFLEXES;
      /** On their way to the daemon, and from it. */
      const there: { readonly message: HostMessage; readonly acted: boolean }[] = [];
      const back: (() => void)[] = [];
      const tell = (all: boolean): void => {
        const [to, next, count] = [lineOf(clockState(clock)), reflexesOf(clock), heard];
        if (all || to !== line) back.push(() => setTimeline(to, millis(0), count));
        if (all || !areSameReflexes(next, reflexes)) back.push(() => learn(next, count));
        [line, reflexes] = [to, next];
      };
      const daemonHears = (): void => {
        const { message, acted } = there.shift()!;
        heard++;
        clock = turnClock(clock, { kind: 'message', message }).clock;
        tell(false);
        if (acted) tell(true);
      };
      let time = 0;
      for (let i = 0; i < 100; i++) {
        time += 8 + random.uniform();
        const kind = (['pulse', 'pulse', 'pulse', 'start', 'continue', 'stop'] as const)[random.below(6)]!;
        const message = host(kind, time);
        there.push({ message, acted: hear(message) });
        while (there.length > 0 && random.uniform() < 0.6) daemonHears();
        while (back.length > 0 && random.uniform() < 0.6) back.shift()!();
        if (kind === 'stop' && there.length === 0 && back.length === 0) assert.equal(at, null);
      }
      while (there.length > 0) daemonHears();
      while (back.length > 0) back.shift()!();
      assert.deepEqual(at, line);
    }
  });
});
