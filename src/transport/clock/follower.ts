import { unreachable } from '../../errors.js';
import { type Timeline, tickAt, timeAt } from '../../music/timeline.js';
import {
  type Bpm,
  bpm,
  type Millis,
  millis,
  minus,
  PULSES_PER_BEAT,
  plus,
  TICKS_PER_PULSE,
  type Tick,
  tempoOfBeat,
  tick,
} from '../../music/units.js';
import { type ClockState, type ClockStep, clockStep } from './clock-state.js';
import { type Glide, glided, glideOver, NO_GLIDE } from './glide.js';
import { fitPulse, isElsewhere, LONGEST_INTERVAL, NO_PULSES, type PulseFit, refitFrom } from './pulse-fit.js';

/** MIDI clock and transport as they arrive; `time` is when the driver had them. */
export type HostMessage =
  | { readonly kind: 'pulse' | 'start' | 'stop' | 'continue'; readonly time: Millis }
  /** Song Position: a multiple of a sixteenth. */
  | { readonly kind: 'position'; readonly time: Millis; readonly tick: Tick };

/** What to do where hosts differ, or their players. */
export interface FollowerPolicy {
  /** Play from Start on; or as soon as pulses come, for senders that know no Start. */
  readonly runOn: 'start' | 'clock';
  /** When the clock is lost: stop after two seconds, or go on at the tempo that it had. */
  readonly whenLost: 'stop' | 'free-wheel';
}

/** Follows a host's MIDI clock. */
export interface Follower {
  readonly policy: FollowerPolicy;
  readonly state: ClockState;
  readonly fit: PulseFit;
  /** Where in the song the next pulse falls. */
  readonly next: Tick;
  /** The next pulse may begin a train of its own: a Start, Continue or Song Position came before it. */
  readonly isAnew: boolean;
  /** The host sends transport: it has said Start, Continue or Stop. */
  readonly isSteered: boolean;
  /** When the last Song Position came. */
  readonly located: Millis;
  /** On the way back to a clock that was lost. */
  readonly glide: Glide;
}

export const idleFollower = (policy: FollowerPolicy): Follower => ({
  policy,
  state: { kind: 'stopped', position: tick(0), tempo: null },
  fit: NO_PULSES,
  next: tick(0),
  isAnew: false,
  isSteered: false,
  located: millis(Number.NEGATIVE_INFINITY),
  glide: NO_GLIDE,
});

/** A downbeat may be the first pulse ever to come; until the second tells, this is the tempo. */
export const ASSUMED_TEMPO = bpm(120);
/** Milliseconds without a pulse, as Orca has it: after so long nobody is expected to come back. */
export const GIVEN_UP_AFTER = 2000;
/** Milliseconds. A Start in one burst with a Song Position means that position, as in Bitwig's loops; alone it means the top. */
const BURST = 50;
/**
 * Milliseconds. A pulse that was expected to the moment may come so late and still be of that clock: to begin again for
 * a host or a computer that only hesitated would strike the first notes twice.
 */
const HESITATION = 50;

/** The follower once a message has come. Messages come in the order of their times. */
export function follow(before: Follower, message: HostMessage): ClockStep<Follower> {
  const { clock, moves } = watch(before, message.time);
  const { clock: after, moves: more } = receive(clock, message);
  return { clock: after, moves: [...moves, ...more] };
}

/** The follower once so much time has passed. A host gone silent: the tempo is held, then playing stops. */
export function watch(clock: Follower, now: Millis): ClockStep<Follower> {
  const { state, fit, policy } = clock;
  switch (state.kind) {
    case 'stopped':
    case 'armed':
      return clockStep(clock);
    case 'running': {
      if (clock.isAnew && isOverdue(state.line, now))
        return clockStep(armed(clock, clock.next), { kind: 'jump', tick: clock.next });
      const since = fit.arrivals[fit.arrivals.length - 1];
      if (now - since <= LONGEST_INTERVAL) return clockStep(clock);
      return watch({ ...clock, state: { kind: 'lost', line: state.line, since } }, now);
    }
    case 'lost':
      if (policy.whenLost === 'free-wheel' || now - state.since <= GIVEN_UP_AFTER) return clockStep(clock);
      return clockStep(stopped(givenUp(clock)), { kind: 'stop' });
    default:
      return unreachable(state);
  }
}

/** A sender without transport that starts its clock again starts at the top. */
const givenUp = (clock: Follower): Follower => (runsOnClock(clock) ? { ...clock, next: tick(0) } : clock);

const runsOnClock = ({ policy, isSteered }: Follower): boolean => policy.runOn === 'clock' && !isSteered;

function receive(clock: Follower, message: HostMessage): ClockStep<Follower> {
  const { state } = clock;
  const { time } = message;
  const playing = state.kind !== 'stopped';
  const steered = { ...clock, isSteered: true };
  switch (message.kind) {
    case 'pulse':
      return pulse(clock, time);
    case 'start': {
      const at = time - clock.located <= BURST ? clock.next : tick(0);
      return clockStep(armed(steered, at), { kind: playing ? 'jump' : 'play', tick: at });
    }
    case 'continue':
      // some hosts send one right after Start; and what plays needs no leave to go on
      if (playing) return clockStep(steered);
      return clockStep(armed(steered, clock.next), { kind: 'play', tick: clock.next });
    case 'stop':
      if (!playing) return clockStep(steered);
      return clockStep(stopped(steered), { kind: 'stop' });
    case 'position': {
      const located = { ...clock, located: time };
      if (message.tick === clock.next) return clockStep(located);
      const moved = playing ? relocated(located, message.tick) : stopped({ ...located, next: message.tick });
      return clockStep(moved, { kind: 'jump', tick: message.tick });
    }
    default:
      return unreachable(message);
  }
}

/** Plays from `at`, on the next pulse. */
const armed = (clock: Follower, at: Tick): Follower => ({
  ...clock,
  next: at,
  isAnew: true,
  glide: NO_GLIDE,
  state: { kind: 'armed', position: at, tempo: fittedTempo(clock.fit) },
});

/**
 * Goes on from `at` with the next pulse. The clock runs on, as it does where Live wraps a loop, so that it is known
 * beforehand when that will be: the first notes need not wait for it.
 */
function relocated(clock: Follower, at: Tick): Follower {
  const { state, fit } = clock;
  const waiting = armed(clock, at);
  if (state.kind !== 'running' || fit.interval === null) return waiting;
  const line = { tempo: tempoOfInterval(fit.interval), tickOrigin: at, timeOrigin: plus(fit.phase, fit.interval) };
  return { ...waiting, state: { kind: 'running', line } };
}

/** The first pulse of a line that was known beforehand has not come, nor has a second one's time: the clock did not run on. */
const isOverdue = (line: Timeline, now: Millis): boolean =>
  tickAt(line, now) > line.tickOrigin + TICKS_PER_PULSE && minus(now, line.timeOrigin) > HESITATION;

function pulse(clock: Follower, time: Millis): ClockStep<Follower> {
  const { state, next } = clock;
  switch (state.kind) {
    case 'stopped': {
      const fit = fitPulse(clock.fit, time);
      if (!runsOnClock(clock)) return clockStep(stopped({ ...clock, fit }));
      return clockStep(running(clock, fit, next), { kind: 'play', tick: next });
    }
    case 'armed':
    case 'running': {
      // a clock that begins anew at Start is a new train: its first pulse is the downbeat, wherever the old one fell
      const anew = clock.isAnew && isElsewhere(clock.fit, time);
      return clockStep(running(clock, anew ? refitFrom(clock.fit, time) : fitPulse(clock.fit, time), next));
    }
    case 'lost': {
      // the song went on meanwhile: the pulse is the one nearest to where it is by now
      const nearest = tick(Math.round(tickAt(state.line, time) / TICKS_PER_PULSE) * TICKS_PER_PULSE);
      const glide = glideOver(minus(timeAt(state.line, nearest), time));
      return clockStep(running({ ...clock, glide }, refitFrom(clock.fit, time), nearest));
    }
    default:
      return unreachable(state);
  }
}

/** At a pulse that falls on `at`. */
function running(clock: Follower, fit: PulseFit, at: Tick): Follower {
  const { offset, stretch, rest } = glided(clock.glide);
  const interval = fit.interval === null ? null : plus(fit.interval, stretch);
  const line: Timeline = {
    tempo: interval === null ? ASSUMED_TEMPO : tempoOfInterval(interval),
    tickOrigin: at,
    timeOrigin: plus(fit.phase, offset),
  };
  const next = tick(at + TICKS_PER_PULSE);
  return { ...clock, fit, next, isAnew: false, glide: rest, state: { kind: 'running', line } };
}

const stopped = (clock: Follower): Follower => ({
  ...clock,
  glide: NO_GLIDE,
  state: { kind: 'stopped', position: clock.next, tempo: fittedTempo(clock.fit) },
});

const fittedTempo = (fit: PulseFit): Bpm | null => (fit.interval === null ? null : tempoOfInterval(fit.interval));

const tempoOfInterval = (interval: Millis): Bpm => tempoOfBeat(millis(interval * PULSES_PER_BEAT));
