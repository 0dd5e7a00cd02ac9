import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeAt } from '#daimon/music/timeline.js';
import { type Millis, millis, TICKS_PER_BAR, TICKS_PER_PULSE, tick } from '#daimon/music/units.js';
import { USUAL_POLICY } from '#daimon/transport/clock/clock.js';
import { type ClockMove, lineOf, songPosition, tempoOf } from '#daimon/transport/clock/clock-state.js';
import { type Follower, follow, type HostMessage, idleFollower, watch } from '#daimon/transport/clock/follower.js';
import { pulseAt, pulses } from '../pulse-train.js';

const IDLE = idleFollower(USUAL_POLICY);

interface Heard {
  readonly clock: Follower;
  readonly moves: readonly ClockMove[];
}

function hear(messages: readonly HostMessage[], from: Follower = IDLE): Heard {
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

const near = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);

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

test('pulses that come back find the song where it has got to meanwhile, and it leans over to them within a beat', () => {
  const back = 10 + (47 + 30) * pulseAt(120) + 2;
  const first = hear(train(pulses(120, 1, back)), playing.clock);
  assert.deepEqual(first.moves, []);
  // no jump: where the song is says still the old clock, 2 ms ahead of the new one
  const ahead = 2 / (pulseAt(120) / TICKS_PER_PULSE);
  near(songPosition(first.clock.state, millis(back)), 77 * TICKS_PER_PULSE + ahead, 0.01);
  const half = hear(train(pulses(120, 12, back + pulseAt(120))), first.clock);
  near(songPosition(half.clock.state, millis(back + 12 * pulseAt(120))), 89 * TICKS_PER_PULSE + ahead / 2, 0.01);
  const beat = hear(train(pulses(120, 12, back + 13 * pulseAt(120))), half.clock);
  near(songPosition(beat.clock.state, millis(back + 24 * pulseAt(120))), 101 * TICKS_PER_PULSE);
});

test('by policy a clock that is lost free-wheels at its tempo for as long as it takes, and locks again', () => {
  const wheeling = hear(
    [at('start', 0), ...train(pulses(120, 48, 10))],
    idleFollower({ ...USUAL_POLICY, whenLost: 'free-wheel' }),
  );
  const minute = watch(wheeling.clock, millis(60_000));
  assert.deepEqual(minute.moves, []);
  assert.equal(minute.clock.state.kind, 'lost');
  near(songPosition(minute.clock.state, millis(60_010)), 60 * 960);
  const heard = hear(train(pulses(120, 30, 60_010)), minute.clock);
  assert.deepEqual(heard.moves, []);
  assert.equal(heard.clock.state.kind, 'running');
  near(songPosition(heard.clock.state, millis(60_010 + 29 * pulseAt(120))), 60 * 960 + 29 * TICKS_PER_PULSE);
});

test('by policy a clock alone plays, from its first pulse; when it has been lost, its next one plays from the top', () => {
  const idle = idleFollower({ ...USUAL_POLICY, runOn: 'clock' });
  const heard = hear(train(pulses(120, 48, 10)), idle);
  assert.deepEqual(heard.moves, [{ kind: 'play', tick: 0 }]);
  near(barTime(heard, 1), 10);
  const again = hear(train(pulses(120, 24, 60_000)), heard.clock);
  assert.deepEqual(again.moves, [{ kind: 'stop' }, { kind: 'play', tick: 0 }]);
  near(barTime(again, 1), 60_000);
});

test('by that policy too a host that sends Stop is obeyed: pulses alone then play nothing', () => {
  const idle = idleFollower({ ...USUAL_POLICY, runOn: 'clock' });
  const heard = hear([...train(pulses(120, 48, 10)), at('stop', 1005), ...train(pulses(120, 48, 1010))], idle);
  assert.deepEqual(heard.moves, [{ kind: 'play', tick: 0 }, { kind: 'stop' }]);
});

test('where a loop wraps around, the next downbeat is known before its pulse comes', () => {
  const next = 10 + 48 * pulseAt(120);
  near(barTime(hear([position(5, next - 3)], playing.clock), 5), next);
});

test('a host that halts its clock to jump is waited for, though its next pulse seemed to be known', () => {
  const next = 10 + 48 * pulseAt(120);
  const heard = hear([position(5, next - 3), ...train(pulses(120, 4, next + 400))], playing.clock);
  assert.deepEqual(heard.moves, [
    { kind: 'jump', tick: 4 * TICKS_PER_BAR },
    { kind: 'jump', tick: 4 * TICKS_PER_BAR },
  ]);
  near(barTime(heard, 5), next + 400);
});

test('a host that hesitates as it jumps, or a computer that does, has its first notes played once', () => {
  const next = 10 + 48 * pulseAt(120);
  const jumped = hear([position(5, next - 3)], playing.clock).clock;
  const watched = watch(jumped, millis(next + 45));
  assert.deepEqual(watched.moves, []);
  const heard = hear(train(pulses(120, 4, next + 45)), watched.clock);
  assert.deepEqual(heard.moves, []);
  near(barTime(heard, 5), next + 45);
});

test('a host that jumps and begins its pulses anew has its downbeat on its own first pulse', () => {
  const next = 10 + 48 * pulseAt(120);
  const heard = hear([position(5, next - 3), ...train(pulses(120, 4, next + 9))], playing.clock);
  near(barTime(heard, 5), next + 9);
});

test('Stop while stopped is nothing new', () => {
  assert.deepEqual(hear([at('stop', 0), at('stop', 1)]).moves, []);
});
