import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bpm, millis, tick } from '#daimon/music/units.js';
import {
  type Clock,
  type ClockEvent,
  clockState,
  newClock,
  pulseJitter,
  turnClock,
} from '#daimon/transport/clock/clock.js';
import type { ClockMove } from '#daimon/transport/clock/clock-state.js';
import { pulses } from '../pulse-train.js';

function turned(clock: Clock, ...events: readonly ClockEvent[]): { clock: Clock; moves: readonly ClockMove[] } {
  const moves: ClockMove[] = [];
  for (const event of events) {
    const step = turnClock(clock, event);
    clock = step.clock;
    moves.push(...step.moves);
  }
  return { clock, moves };
}

const host = (kind: 'pulse' | 'start' | 'stop' | 'continue', time: number): ClockEvent => ({
  kind: 'message',
  message: { kind, time: millis(time) },
});
const start = (time: number): ClockEvent => ({ kind: 'command', command: { kind: 'start', time: millis(time) } });

const session = (isPlaying: boolean, time: number): ClockEvent => ({
  kind: 'snapshot',
  snapshot: { time: millis(time), tick: tick(0), tempo: bpm(96), isPlaying },
  now: millis(time),
});

const auto = newClock('auto', bpm(120));

test('auto plays on our own clock until a host is heard', () => {
  const { clock, moves } = turned(auto, start(0));
  assert.equal(clock.source, 'internal');
  assert.deepEqual(moves, [{ kind: 'play', tick: 0 }]);
});

for (const kind of ['pulse', 'start', 'stop', 'continue'] as const) {
  test(`auto goes over to the host at its first ${kind}, and our own clock stops`, () => {
    const { clock, moves } = turned(auto, start(0), host(kind, 500));
    assert.equal(clock.source, 'host');
    assert.deepEqual(moves[1], { kind: 'stop' });
    assert.equal(clock.internal.state.kind, 'stopped');
  });
}

test("auto's first host Start plays from the top on the host's first pulse", () => {
  const { clock, moves } = turned(auto, start(0), host('start', 500), host('pulse', 510));
  assert.deepEqual(moves, [{ kind: 'play', tick: 0 }, { kind: 'stop' }, { kind: 'play', tick: 0 }]);
  assert.equal(clockState(clock).kind, 'running');
});

test('a host that led once leads for good, also when it has fallen silent', () => {
  const late: ClockEvent = { kind: 'time', now: millis(60_000) };
  const { clock, moves } = turned(auto, host('start', 0), host('pulse', 10), late, start(60_001));
  assert.equal(clock.source, 'host');
  assert.deepEqual(moves.at(-1), { kind: 'stop' });
  assert.equal(clockState(clock).kind, 'stopped');
});

test('in host mode nothing plays before the host does', () => {
  const { clock, moves } = turned(newClock('host', bpm(120)), start(0), host('pulse', 10), host('pulse', 31));
  assert.deepEqual(moves, []);
  assert.equal(clockState(clock).kind, 'stopped');
});

test('in internal mode no host is heard', () => {
  const { clock, moves } = turned(newClock('internal', bpm(120)), start(0), host('start', 10), host('stop', 20));
  assert.equal(clock.source, 'internal');
  assert.equal(moves.length, 1);
});

test('in session mode the session leads, and neither a host nor commands are heard', () => {
  const joined = newClock('session', bpm(120));
  assert.deepEqual(turned(joined, start(0), host('start', 10), host('pulse', 20)).moves, []);
  const { clock, moves } = turned(joined, session(true, 30), host('stop', 40), session(false, 50));
  assert.deepEqual(moves, [{ kind: 'play', tick: 0 }, { kind: 'stop' }]);
  assert.deepEqual(clockState(clock), { kind: 'stopped', position: 0, tempo: 96 });
});

test('a session that says nothing more plays on for good', () => {
  const hour: ClockEvent = { kind: 'time', now: millis(3_600_000) };
  const { clock, moves } = turned(newClock('session', bpm(120)), session(true, 0), hour);
  assert.equal(moves.length, 1);
  assert.equal(clockState(clock).kind, 'running');
});

for (const mode of ['host', 'internal', 'auto'] as const) {
  test(`in ${mode} mode no session is heard`, () => {
    const { clock, moves } = turned(newClock(mode, bpm(120)), session(true, 0));
    assert.deepEqual(moves, []);
    assert.notEqual(clock.source, 'session');
  });
}

test("a host's jitter is known from its first beat on, as the standard deviation of its pulses; our own clock has none", () => {
  const train = pulses(120, 200, 0, 2).map(
    (time): ClockEvent => ({ kind: 'message', message: { kind: 'pulse', time } }),
  );
  assert.equal(pulseJitter(turned(newClock('host', bpm(120)), ...train.slice(0, 20)).clock), null);
  const jitter = pulseJitter(turned(newClock('host', bpm(120)), ...train).clock);
  // a flat jitter of 2 ms to either side has 2 / sqrt 3
  assert.ok(jitter !== null && Math.abs(jitter / 1.155 - 1) < 0.25, `${jitter}`);
  assert.equal(pulseJitter(turned(newClock('internal', bpm(120)), start(0)).clock), null);
});
