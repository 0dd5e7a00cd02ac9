import type { Bpm, Tick } from '../../music/units.js';
import { type Clock, clockState } from './clock.js';
import { ASSUMED_TEMPO } from './follower.js';

/**
 * What a host's next message does to the music, known before it comes: so that it can be done where the message arrives,
 * however busy the rest of the program may be.
 */
export interface Reflexes {
  /** A Stop ends what sounds. */
  readonly stops: boolean;
  /** Where the next pulse begins the music, and at which tempo until the one after it tells; null where it begins none. */
  readonly downbeat: { readonly tick: Tick; readonly tempo: Bpm } | null;
}

export const NO_REFLEXES: Reflexes = { stops: false, downbeat: null };

export function reflexesOf(clock: Clock): Reflexes {
  const state = clockState(clock);
  if (clock.source !== 'host' || state.kind === 'stopped') return NO_REFLEXES;
  const downbeat = state.kind === 'armed' ? { tick: state.position, tempo: state.tempo ?? ASSUMED_TEMPO } : null;
  return { stops: true, downbeat };
}

export const areSameReflexes = (a: Reflexes, b: Reflexes): boolean =>
  a.stops === b.stops && a.downbeat?.tick === b.downbeat?.tick && a.downbeat?.tempo === b.downbeat?.tempo;
