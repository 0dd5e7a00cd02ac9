import { unreachable } from '../errors.js';
import type { Quantum } from '../music/quantum.js';
import type { Seed } from '../music/random.js';
import { leavesRoom } from '../music/sketch.js';
import { plus, TICKS_PER_BAR, type Tick, tick } from '../music/units.js';
import type { ConductorEvent } from './conductor-state.js';
import { furtherSeed, type Take } from './take.js';

/** An event that changes the take. */
export type TakeChange = Extract<
  ConductorEvent,
  { readonly kind: 'next' | 'seed' | 'preset' | 'model' | 'edit' | 'theme' | 'vary' | 'recall' | 'morph' | 'glide' }
>;

/** What of a take it changes; `line` is where it will launch if its block is drawn in time. */
export function changeOf({ seed, theme }: Take, event: TakeChange, line: Tick): Partial<Take> {
  switch (event.kind) {
    case 'next':
      // what is held stays, as long as there is anything left to draw
      return { seed: furtherSeed(seed), theme: theme !== null && leavesRoom(theme) ? theme : null };
    case 'seed':
      return seeded(event.seed);
    case 'preset':
      // it brings its seed along if it has one
      return {
        theme: null,
        morph: null,
        ...(event.preset.seed === null ? {} : seeded(event.preset.seed)),
        preset: event.preset,
      };
    case 'model':
      return { model: event.model, theme: null };
    case 'edit':
      return { preset: event.preset };
    case 'theme':
      return { theme: event.theme };
    case 'vary':
      return { theme: event.theme, seed: furtherSeed(seed) };
    case 'recall':
      return { preset: event.preset, theme: event.theme, morph: null };
    case 'morph':
      return { morph: event.morph };
    case 'glide': {
      const until = plus(line, tick(event.bars * TICKS_PER_BAR));
      return { morph: { kind: 'glide', to: event.to, from: line, until } };
    }
    default:
      return unreachable(event);
  }
}

/** A seed given by name has its blocks lie from bar 1: what it plays at a position is known beforehand. */
const seeded = (seed: Seed): Partial<Take> => ({ seed, theme: null, anchor: tick(0) });

/** What is turned waits for no longer line, or it would not be heard; nor a shorter one, on which what sounds would stutter. */
export const TURNED: Quantum = 'bar';

/** Whether a hand turns something, which it may do a hundred times a second. */
export const isTurned = ({ kind }: TakeChange): boolean => kind === 'edit' || kind === 'theme' || kind === 'morph';

/** The lines that a change waits for: what is turned on top of what waits for its launch is launched with it. */
export const quantumOf = (change: TakeChange, launching: Quantum, waiting: Quantum | null): Quantum =>
  isTurned(change) ? (waiting ?? TURNED) : launching;
