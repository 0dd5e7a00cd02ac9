import { unreachable } from '../../errors.js';
import { tickAt, withTempo } from '../../music/timeline.js';
import { type Bpm, type Millis, millis, plus, type Tick, tick } from '../../music/units.js';
import { type ClockState, type ClockStep, clockStep } from './clock-state.js';

export type ClockCommand =
  | { readonly kind: 'start' | 'stop' | 'continue'; readonly time: Millis }
  | { readonly kind: 'locate'; readonly time: Millis; readonly tick: Tick }
  | { readonly kind: 'tempo'; readonly time: Millis; readonly tempo: Bpm };

/** A clock of our own; never armed nor lost. */
export interface InternalClock {
  readonly state: Extract<ClockState, { kind: 'stopped' | 'running' }>;
  readonly tempo: Bpm;
}

/** Between a command and its downbeat, so that the first notes are planned before they are due. */
const PRE_ROLL = millis(50);

export const idleInternal = (tempo: Bpm): InternalClock => ({
  tempo,
  state: { kind: 'stopped', position: tick(0), tempo },
});

export function obey(clock: InternalClock, command: ClockCommand): ClockStep<InternalClock> {
  const { state, tempo } = clock;
  const { time } = command;
  const playing = state.kind === 'running';
  switch (command.kind) {
    case 'start':
      return clockStep(runningFrom(tempo, tick(0), time), { kind: playing ? 'jump' : 'play', tick: tick(0) });
    case 'continue':
      if (playing) return clockStep(clock);
      return clockStep(runningFrom(tempo, state.position, time), { kind: 'play', tick: state.position });
    case 'stop':
      if (!playing) return clockStep(clock);
      return clockStep(stoppedAt(tempo, tick(Math.max(0, Math.round(tickAt(state.line, time))))), { kind: 'stop' });
    case 'locate': {
      const moved = playing ? runningFrom(tempo, command.tick, time) : stoppedAt(tempo, command.tick);
      return clockStep(moved, { kind: 'jump', tick: command.tick });
    }
    case 'tempo':
      if (!playing) return clockStep(stoppedAt(command.tempo, state.position));
      return clockStep({
        tempo: command.tempo,
        state: { kind: 'running', line: withTempo(state.line, command.tempo, time) },
      });
    default:
      return unreachable(command);
  }
}

const runningFrom = (tempo: Bpm, at: Tick, time: Millis): InternalClock => ({
  tempo,
  state: { kind: 'running', line: { tempo, tickOrigin: at, timeOrigin: plus(time, PRE_ROLL) } },
});

const stoppedAt = (tempo: Bpm, position: Tick): InternalClock => ({
  tempo,
  state: { kind: 'stopped', position, tempo },
});
