import { unreachable } from '../errors.js';
import { type Timeline, tickAt } from '../music/timeline.js';
import {
  type Bpm,
  bpm,
  type Millis,
  millis,
  PULSES_PER_BEAT,
  TICKS_PER_PULSE,
  type Tick,
  tempoOfBeat,
  tick,
} from '../music/units.js';
import { type ClockState, type ClockStep, clockStep } from './clock-state.js';
import { fitPulse, isElsewhere, LONGEST_INTERVAL, NO_PULSES, type PulseFit, refitFrom } from './pulse-fit.js';

/** MIDI clock and transport as they arrive; `time` is when the driver had them. */
export type HostMessage =
  | { readonly kind: 'pulse' | 'start' | 'stop' | 'continue'; readonly time: Millis }
  /** Song Position: a multiple of a sixteenth. */
  | { readonly kind: 'position'; readonly time: Millis; readonly tick: Tick };

/** Follows a host's MIDI clock. */
export interface Follower {
  readonly state: ClockState;
  readonly fit: PulseFit;
  /** Where in the song the next pulse falls. */
  readonly next: Tick;
  /** When the last Song Position came. */
  readonly located: Millis;
}

export const IDLE_FOLLOWER: Follower = {
  state: { kind: 'stopped', position: tick(0), tempo: null },
  fit: NO_PULSES,
  next: tick(0),
  located: millis(Number.NEGATIVE_INFINITY),
};

/** A downbeat may be the first pulse ever to come; until the second tells, this is the tempo. */
const ASSUMED_TEMPO = bpm(120);
/** Milliseconds without a pulse, as Orca has it: after so long nobody is expected to come back. */
const GIVEN_UP_AFTER = 2000;
/** A Start in one burst with a Song Position means that position, as in Bitwig's loops; alone it means the top. */
const BURST = 50;

/** The follower once a message has come. Messages come in the order of their times. */
export function follow(before: Follower, message: HostMessage): ClockStep<Follower> {
  const { clock, moves } = watch(before, message.time);
  const { clock: after, moves: more } = receive(clock, message);
  return { clock: after, moves: [...moves, ...more] };
}

/** The follower once so much time has passed. A host gone silent: the tempo is held, then playing stops. */
export function watch(clock: Follower, now: Millis): ClockStep<Follower> {
  const { state, fit } = clock;
  switch (state.kind) {
    case 'stopped':
    case 'armed':
      return clockStep(clock);
    case 'running': {
      const since = fit.arrivals[fit.arrivals.length - 1];
      if (now - since <= LONGEST_INTERVAL) return clockStep(clock);
      return watch({ ...clock, state: { kind: 'lost', line: state.line, since } }, now);
    }
    case 'lost':
      if (now - state.since <= GIVEN_UP_AFTER) return clockStep(clock);
      return clockStep(stopped(clock), { kind: 'stop' });
    default:
      return unreachable(state);
  }
}

function receive(clock: Follower, message: HostMessage): ClockStep<Follower> {
  const { state } = clock;
  const playing = state.kind !== 'stopped';
  switch (message.kind) {
    case 'pulse':
      return clockStep(pulse(clock, message.time));
    case 'start': {
      const at = message.time - clock.located <= BURST ? clock.next : tick(0);
      return clockStep(armed(clock, at), { kind: playing ? 'jump' : 'play', tick: at });
    }
    case 'continue':
      // some hosts send one right after Start; and what plays needs no leave to go on
      if (playing) return clockStep(clock);
      return clockStep(armed(clock, clock.next), { kind: 'play', tick: clock.next });
    case 'stop':
      return playing ? clockStep(stopped(clock), { kind: 'stop' }) : clockStep(clock);
    case 'position': {
      const located = { ...clock, next: message.tick, located: message.time };
      if (message.tick === clock.next) return clockStep(located);
      return clockStep(playing ? armed(located, message.tick) : stopped(located), { kind: 'jump', tick: message.tick });
    }
    default:
      return unreachable(message);
  }
}

function pulse(clock: Follower, time: Millis): Follower {
  const { state, next } = clock;
  switch (state.kind) {
    case 'stopped':
      return stopped({ ...clock, fit: fitPulse(clock.fit, time) });
    case 'armed':
      // a clock that begins anew at Start is a new train: its first pulse is the downbeat, wherever the old one fell
      return running(
        clock,
        isElsewhere(clock.fit, time) ? refitFrom(clock.fit, time) : fitPulse(clock.fit, time),
        next,
      );
    case 'running':
      return running(clock, fitPulse(clock.fit, time), next);
    case 'lost': {
      // the song went on meanwhile: the pulse is the one nearest to where it is by now
      const nearest = tick(Math.round(tickAt(state.line, time) / TICKS_PER_PULSE) * TICKS_PER_PULSE);
      return running(clock, refitFrom(clock.fit, time), nearest);
    }
    default:
      return unreachable(state);
  }
}

const running = (clock: Follower, fit: PulseFit, at: Tick): Follower => ({
  ...clock,
  fit,
  next: tick(at + TICKS_PER_PULSE),
  state: { kind: 'running', line: lineFrom(fit, at) },
});

const armed = (clock: Follower, position: Tick): Follower => ({
  ...clock,
  next: position,
  state: { kind: 'armed', position, tempo: fittedTempo(clock.fit) },
});

const stopped = (clock: Follower): Follower => ({
  ...clock,
  state: { kind: 'stopped', position: clock.next, tempo: fittedTempo(clock.fit) },
});

const lineFrom = (fit: PulseFit, at: Tick): Timeline => ({
  tempo: fittedTempo(fit) ?? ASSUMED_TEMPO,
  tickOrigin: at,
  timeOrigin: fit.phase,
});

const fittedTempo = (fit: PulseFit): Bpm | null =>
  fit.interval === null ? null : tempoOfBeat(millis(fit.interval * PULSES_PER_BEAT));
