import { unreachable } from '../../errors.js';
import { type Bpm, type Millis, PULSES_PER_BEAT } from '../../music/units.js';
import { type ClockState, type ClockStep, clockStep } from './clock-state.js';
import { type Follower, type FollowerPolicy, follow, type HostMessage, idleFollower, watch } from './follower.js';
import { type ClockCommand, type InternalClock, idleInternal, obey } from './internal-clock.js';
import { idleSession, join, type SessionClock, type SessionSnapshot } from './session-clock.js';

/**
 * Whose clock leads. `auto` begins with our own and goes over to the host's at its first pulse or transport message,
 * for good: a host that sends a clock wants to be followed, and a take can't have two leaders. `session`: an add-on's.
 */
export type ClockMode = 'host' | 'internal' | 'auto' | 'session';
/** Those to choose from; a session leads where there is an add-on that joins one. */
export const CLOCK_MODES = ['host', 'internal', 'auto'] as const satisfies readonly ClockMode[];

export type ClockSource = Exclude<ClockMode, 'auto'>;

export interface Clock {
  readonly mode: ClockMode;
  readonly source: ClockSource;
  readonly host: Follower;
  readonly internal: InternalClock;
  readonly session: SessionClock;
}

export type ClockEvent =
  | { readonly kind: 'message'; readonly message: HostMessage }
  | { readonly kind: 'command'; readonly command: ClockCommand }
  | { readonly kind: 'snapshot'; readonly snapshot: SessionSnapshot; readonly now: Millis }
  | { readonly kind: 'time'; readonly now: Millis };

/** By the standard, and as most would want it. */
export const USUAL_POLICY: FollowerPolicy = { runOn: 'start', whenLost: 'stop' };

export const newClock = (mode: ClockMode, tempo: Bpm, policy = USUAL_POLICY): Clock => ({
  mode,
  source: mode === 'auto' ? 'internal' : mode,
  host: idleFollower(policy),
  internal: idleInternal(tempo),
  session: idleSession(),
});

export const clockState = (clock: Clock): ClockState => clock[clock.source].state;

/** How unsteadily the host's pulses come, as a standard deviation; null where none leads, or too few have come to tell. */
export const pulseJitter = ({ source, host: { fit } }: Clock): Millis | null =>
  source === 'host' && fit.arrivals.length >= PULSES_PER_BEAT ? fit.spread : null;

/** The clock after an event. Commands reach only our own clock: the others obey those who lead them. */
export function turnClock(clock: Clock, event: ClockEvent): ClockStep<Clock> {
  switch (event.kind) {
    case 'message':
      if (clock.source === 'host') return withHost(clock, follow(clock.host, event.message));
      return clock.mode === 'auto' ? handOver(clock, event.message) : clockStep(clock);
    case 'command': {
      if (clock.source !== 'internal') return clockStep(clock);
      const { clock: internal, moves } = obey(clock.internal, event.command);
      return { clock: { ...clock, internal }, moves };
    }
    case 'snapshot': {
      if (clock.source !== 'session') return clockStep(clock);
      const { clock: session, moves } = join(clock.session, event.snapshot, event.now);
      return { clock: { ...clock, session }, moves };
    }
    case 'time':
      return clock.source === 'host' ? withHost(clock, watch(clock.host, event.now)) : clockStep(clock);
    default:
      return unreachable(event);
  }
}

const withHost = (clock: Clock, { clock: host, moves }: ClockStep<Follower>): ClockStep<Clock> => ({
  clock: { ...clock, host },
  moves,
});

function handOver(clock: Clock, message: HostMessage): ClockStep<Clock> {
  const stop = obey(clock.internal, { kind: 'stop', time: message.time });
  const led = withHost({ ...clock, source: 'host', internal: stop.clock }, follow(clock.host, message));
  return { ...led, moves: [...stop.moves, ...led.moves] };
}
