import { unreachable } from '../../errors.js';
import { type Timeline, tickAt } from '../../music/timeline.js';
import type { Bpm, Millis, Tick } from '../../music/units.js';

/** What any clock is in, the host's or our own. */
export type ClockState =
  | { readonly kind: 'stopped'; readonly position: Tick; readonly tempo: Bpm | null }
  /** Told to play from `position`; the next pulse is the downbeat. */
  | { readonly kind: 'armed'; readonly position: Tick; readonly tempo: Bpm | null }
  | { readonly kind: 'running'; readonly line: Timeline }
  /** No pulse came after `since`; the tempo is held. */
  | { readonly kind: 'lost'; readonly line: Timeline; readonly since: Millis };

/** What a step of the clock means to whoever plays along. */
export type ClockMove =
  | { readonly kind: 'play'; readonly tick: Tick }
  | { readonly kind: 'jump'; readonly tick: Tick }
  | { readonly kind: 'stop' };

export interface ClockStep<Clock> {
  readonly clock: Clock;
  readonly moves: readonly ClockMove[];
}

export const clockStep = <Clock>(clock: Clock, ...moves: ClockMove[]): ClockStep<Clock> => ({ clock, moves });

/** The tick-to-time map to play by; null while nothing is due. */
export function lineOf(state: ClockState): Timeline | null {
  switch (state.kind) {
    case 'stopped':
    case 'armed':
      return null;
    case 'running':
    case 'lost':
      return state.line;
    default:
      return unreachable(state);
  }
}

/** Where the song is at a time. */
export function songPosition(state: ClockState, now: Millis): Tick {
  switch (state.kind) {
    case 'stopped':
    case 'armed':
      return state.position;
    case 'running':
    case 'lost':
      return tickAt(state.line, now);
    default:
      return unreachable(state);
  }
}

/** Null while none is known, as before the host's first two pulses. */
export function tempoOf(state: ClockState): Bpm | null {
  switch (state.kind) {
    case 'stopped':
    case 'armed':
      return state.tempo;
    case 'running':
    case 'lost':
      return state.line.tempo;
    default:
      return unreachable(state);
  }
}
