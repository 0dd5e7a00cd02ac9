import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeAt } from '#daimon/music/timeline.js';
import { type Millis, millis, TICKS_PER_BAR, TICKS_PER_PULSE, tick } from '#daimon/music/units.js';
import { type ClockMove, lineOf, songPosition, tempoOf } from '#daimon/transport/clock-state.js';
import { type Follower, follow, type HostMessage, IDLE_FOLLOWER, watch } from '#daimon/transport/follower.js';
import { pulseAt, pulses } from './pulse-train.js';

interface Heard {
  readonly clock: Follower;
  readonly moves: readonly ClockMove[];
}

function hear(messages: readonly HostMessage[], from: Follower = IDLE_FOLLOWER): Heard {
  let clock = from;
  const moves: ClockMove[] = [];
  for (const message of messages) {
    const step = follow(clock, message);
    clock = step.clock;
    moves.push(...step.moves);
  }
  return { clock, moves };
}

const at = (kind: 'start' | 'stop' | 'continue', time: number): HostMessage => ({ kind, time: millis(time) });
const position = (bar: number, time: number): HostMessage => ({
  kind: 'position',
  time: millis(time),
  tick: tick((bar - 1) * TICKS_PER_BAR),
});
const train = (times: readonly Millis[]): readonly HostMessage[] => times.map((time) => ({ kind: 'pulse', time }));

/** Where on the wall clock a bar begins. */
function barTime({ clock }: Heard, bar: number): number {
  const line = lineOf(clock.state);
  assert.ok(line);
  return timeAt(line, tick((bar - 1) * TICKS_PER_BAR));
}

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);

const bar = 96 * pulseAt(120);
const playing = hear([at('start', 0), ...train(pulses(120, 48, 10))]);

test('the downbeat is the first pulse after Start', () => {
  const heard = hear([...train(pulses(120, 10)), at('start', 195), ...train(pulses(120, 10, 10 * pulseAt(120)))]);
  assert.deepEqual(heard.moves, [{ kind: 'play', tick: 0 }]);
  near(barTime(heard, 1), 10 * pulseAt(120));
});

test('between Start and its first pulse the clock is armed, and nothing is due', () => {
  const { clock } = hear([...train(pulses(120, 10)), at('start', 195)]);
  assert.equal(clock.state.kind, 'armed');
  assert.equal(lineOf(clock.state), null);
});

test('pulses while stopped set the tempo and move nothing', () => {
  const { clock, moves } = hear(train(pulses(97, 48)));
  assert.equal(clock.state.kind, 'stopped');
  assert.equal(songPosition(clock.state, millis(5000)), 0);
  near(tempoOf(clock.state) ?? 0, 97);
  assert.deepEqual(moves, []);
});

test('the very first pulse is a downbeat when Start came before it, at an assumed tempo', () => {
  const heard = hear([at('start', 0), ...train(pulses(90, 1, 30))]);
  assert.equal(heard.clock.state.kind, 'running');
  near(barTime(heard, 1), 30);
});

test('a host that begins its pulses anew at Start has its downbeat on its own first pulse', () => {
  const heard = hear([...train(pulses(120, 20)), at('start', 405), ...train(pulses(120, 5, 406))]);
  near(barTime(heard, 1), 406);
});

test('after Stop, Continue goes on from the pulse that would have come next', () => {
  const heard = hear([at('stop', 1005), at('continue', 3000), ...train(pulses(120, 3, 3010))], playing.clock);
  assert.deepEqual(heard.moves, [{ kind: 'stop' }, { kind: 'play', tick: 48 * TICKS_PER_PULSE }]);
  near(barTime(heard, 1), 3010 - bar / 2);
});

test('Continue after a Song Position begins there', () => {
  const heard = hear([position(9, 0), at('continue', 1), ...train(pulses(120, 3, 20))]);
  assert.deepEqual(heard.moves.at(-1), { kind: 'play', tick: 8 * TICKS_PER_BAR });
  near(barTime(heard, 9), 20);
});

test('Start long after a Song Position begins at the top, as the standard has it', () => {
  assert.deepEqual(hear([position(9, 0), at('start', 1000)]).moves.at(-1), { kind: 'play', tick: 0 });
});

test('Start in one burst with a Song Position begins there, as Bitwig means it in a loop', () => {
  const heard = hear([at('stop', 1005), position(5, 1005), at('start', 1006)], playing.clock);
  assert.deepEqual(heard.moves.at(-1), { kind: 'play', tick: 4 * TICKS_PER_BAR });
});

test('a Song Position while running jumps there on the next pulse, as Live does in a loop', () => {
  const next = 10 + 48 * pulseAt(120);
  const heard = hear([position(5, next - 3), ...train(pulses(120, 4, next))], playing.clock);
  assert.deepEqual(heard.moves, [{ kind: 'jump', tick: 4 * TICKS_PER_BAR }]);
  near(barTime(heard, 5), next);
  near(tempoOf(heard.clock.state) ?? 0, 120);
});

test('a Song Position that names the place where the song is anyway moves nothing', () => {
  const running = hear([at('start', 0), ...train(pulses(120, 96, 10))]);
  const heard = hear([position(2, 10 + 95.5 * pulseAt(120))], running.clock);
  assert.deepEqual(heard.moves, []);
  assert.equal(heard.clock.state.kind, 'running');
});

test('a stray Continue right after Start changes nothing', () => {
  const plain = hear([at('start', 0), ...train(pulses(120, 5, 10))]);
  const stray = hear([at('start', 0), at('continue', 1), ...train(pulses(120, 5, 10))]);
  assert.deepEqual(stray, plain);
});

test('a second Start plays from the top again', () => {
  const heard = hear([at('start', 1005), ...train(pulses(120, 2, 10 + 48 * pulseAt(120)))], playing.clock);
  assert.deepEqual(heard.moves, [{ kind: 'jump', tick: 0 }]);
  near(barTime(heard, 1), 10 + 48 * pulseAt(120));
});

test('a host gone silent is lost after 250 ms, its tempo held, and given up after 2 s', () => {
  const last = playing.clock.fit.arrivals.at(-1) ?? 0;
  assert.equal(watch(playing.clock, millis(last + 249)).clock.state.kind, 'running');
  const lost = watch(playing.clock, millis(last + 251)).clock;
  assert.equal(lost.state.kind, 'lost');
  near(tempoOf(lost.state) ?? 0, 120);
  near(songPosition(lost.state, millis(last + 1000)), 47 * TICKS_PER_PULSE + 960);
  assert.deepEqual(watch(lost, millis(last + 1999)).moves, []);
  const ended = watch(lost, millis(last + 2001));
  assert.deepEqual(ended.moves, [{ kind: 'stop' }]);
  assert.equal(ended.clock.state.kind, 'stopped');
});

test('a slow host is not taken for a lost one: at 20 BPM a pulse lasts 125 ms', () => {
  const { clock, moves } = hear([at('start', 0), ...train(pulses(20, 24, 10))]);
  near(tempoOf(clock.state) ?? 0, 20);
  near(clock.next, 24 * TICKS_PER_PULSE);
  assert.deepEqual(moves, [{ kind: 'play', tick: 0 }]);
});

test('a host that falls from 240 to 20 BPM at once is followed', () => {
  const fast = pulses(240, 96, 10);
  const { clock } = hear([at('start', 0), ...train(fast), ...train(pulses(20, 24, fast[95] + pulseAt(20)))]);
  near(tempoOf(clock.state) ?? 0, 20);
  near(clock.next, 120 * TICKS_PER_PULSE);
});

test('pulses that come back find the song where it has got to meanwhile', () => {
  const back = 10 + (47 + 30) * pulseAt(120) + 2;
  const heard = hear(train(pulses(120, 8, back)), playing.clock);
  assert.deepEqual(heard.moves, []);
  near(songPosition(heard.clock.state, millis(back)), 77 * TICKS_PER_PULSE);
});

test('Stop while stopped is nothing new', () => {
  assert.deepEqual(hear([at('stop', 0), at('stop', 1)]).moves, []);
});
