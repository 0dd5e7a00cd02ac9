import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bpm, type Millis, millis, tick } from '#daimon/music/units.js';
import { type ClockMove, songPosition } from '#daimon/transport/clock/clock-state.js';
import { type ClockCommand, type InternalClock, idleInternal, obey } from '#daimon/transport/clock/internal-clock.js';

/** At 120 BPM, 0.96 ticks a millisecond. */
const idle = idleInternal(bpm(120));

function told(...commands: readonly ClockCommand[]): { clock: InternalClock; moves: readonly ClockMove[] } {
  let clock = idle;
  const moves: ClockMove[] = [];
  for (const command of commands) {
    const step = obey(clock, command);
    clock = step.clock;
    moves.push(...step.moves);
  }
  return { clock, moves };
}

const at = (kind: 'start' | 'stop' | 'continue', time: number): ClockCommand => ({ kind, time: millis(time) });
const place = (clock: InternalClock, time: number): number => songPosition(clock.state, time as Millis);
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);

test('the downbeat comes 50 ms after start, so that its notes can be planned', () => {
  const { clock, moves } = told(at('start', 1000));
  assert.deepEqual(moves, [{ kind: 'play', tick: 0 }]);
  near(place(clock, 1050), 0);
  near(place(clock, 2050), 960);
});

test('it goes on from the tick where it stopped', () => {
  const { clock, moves } = told(at('start', 0), at('stop', 1050), at('continue', 9000));
  assert.deepEqual(moves.slice(1), [{ kind: 'stop' }, { kind: 'play', tick: 960 }]);
  near(place(clock, 9050), 960);
});

test('stopped before its downbeat, it stands at the top', () => {
  near(place(told(at('start', 0), at('stop', 10)).clock, 500), 0);
});

test('start while running plays from the top again', () => {
  const { clock, moves } = told(at('start', 0), at('start', 3000));
  assert.deepEqual(moves.at(-1), { kind: 'jump', tick: 0 });
  near(place(clock, 3050), 0);
});

test('located while running it plays on there, while stopped it waits there', () => {
  const locate: ClockCommand = { kind: 'locate', time: millis(2000), tick: tick(7680) };
  near(place(told(at('start', 0), locate).clock, 2050), 7680);
  near(place(told(locate).clock, 99_999), 7680);
  assert.deepEqual(told(locate, at('continue', 3000)).moves.at(-1), { kind: 'play', tick: 7680 });
});

test('a change of tempo is no jump, running or stopped', () => {
  const slower: ClockCommand = { kind: 'tempo', time: millis(1050), tempo: bpm(60) };
  const { clock, moves } = told(at('start', 0), slower);
  assert.equal(moves.length, 1);
  near(place(clock, 1050), 960);
  near(place(clock, 2050), 960 + 480);
  near(place(told(slower, at('start', 2000)).clock, 3050), 480);
});

test('stop while stopped and continue while running are nothing new', () => {
  assert.deepEqual(told(at('stop', 0)).moves, []);
  assert.equal(told(at('start', 0), at('continue', 100)).moves.length, 1);
});
