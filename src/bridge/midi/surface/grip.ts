import { atShare, shareOf } from '../../../music/fader.js';
import type { Value } from '../../../music/parameter.js';
import type { Control, Values } from '../../control/controls.js';
import type { Action } from './action.js';
import type { Binding, Target, Touched } from './bindings.js';
import { bitsOf, shareOfBits } from './control-source.js';
import { stepsOf } from './encoder.js';
import type { Move } from './moves.js';
import { type Hold, NEW_HOLD, type Takeover, type Turned, takeOver, turnBy } from './takeover.js';
import { type Way, wayOf } from './way.js';

/** What is known of a controller's hands: where its faders stand, which pads are down, what has been moved since the last look. */
export interface Grip {
  readonly holds: ReadonlyMap<Binding, Hold>;
  readonly down: ReadonlySet<Binding>;
  /** The newest of each: a fader says hundreds of things a second. */
  readonly pending: ReadonlyMap<Binding, Pending>;
}

export const NO_GRIP: Grip = { holds: new Map(), down: new Set(), pending: new Map() };

type Pending =
  | { readonly kind: 'to'; readonly share: number }
  | { readonly kind: 'by'; readonly steps: number }
  | { readonly kind: 'key'; readonly key: number; readonly isDown: boolean };

/** What is asked for at once. */
export type Asked =
  | { readonly kind: 'request'; readonly request: Action }
  /** A preset by its place among all, from 1. */
  | { readonly kind: 'recall'; readonly place: number };

export interface Gripped {
  readonly grip: Grip;
  readonly asked: Asked | null;
}

type Turn = Extract<Target, { kind: 'turn' }>;

/** Something that is bound was moved. */
export function touch(grip: Grip, { binding, move }: Touched): Gripped {
  const { target } = binding;
  switch (target.kind) {
    case 'turn': {
      const pending = withMove(grip.pending.get(binding), binding, move);
      return { grip: { ...grip, pending: new Map(grip.pending).set(binding, pending) }, asked: null };
    }
    case 'recall':
    case 'ask': {
      const isDown = isPressed(binding, move);
      // a program and a key are pressed anew each time; a button is, once it has been let go
      if (isDown === grip.down.has(binding) && move.kind !== 'program' && move.kind !== 'note')
        return { grip, asked: null };
      const down = new Set(grip.down);
      if (isDown) down.add(binding);
      else down.delete(binding);
      return { grip: { ...grip, down }, asked: asked(target, isDown, distance(binding, move)) };
    }
  }
}

function asked(target: Exclude<Target, { kind: 'turn' }>, isDown: boolean, distance: number): Asked | null {
  if (target.kind === 'recall') return isDown ? { kind: 'recall', place: target.first + distance } : null;
  const request = isDown ? target.request : target.lift;
  return request === null ? null : { kind: 'request', request };
}

/** How far from the first: a key from the lowest, a program from the first or from the one that is bound. */
function distance({ source }: Binding, move: Move): number {
  if (move.kind === 'program' && source.kind === 'program') return move.number - (source.number ?? 0);
  return move.kind === 'note' && source.kind === 'note' ? move.number - source.low : 0;
}

/** A key is down while it is held, a button or a fader from the middle on. */
function isPressed(binding: Binding, move: Move): boolean {
  if (move.kind === 'note') return move.velocity > 0;
  if (move.kind === 'program') return true;
  if (move.kind === 'nrpn-step') return move.steps > 0;
  return shareAt(binding, move.value) >= 0.5;
}

function withMove(before: Pending | undefined, binding: Binding, move: Move): Pending {
  const { source } = binding;
  if (move.kind === 'note') return { kind: 'key', key: move.number, isDown: move.velocity > 0 };
  const sum = before?.kind === 'by' ? before.steps : 0;
  if (move.kind === 'nrpn-step') return { kind: 'by', steps: sum + move.steps };
  if (move.kind === 'program') return { kind: 'by', steps: 0 };
  if (source.kind === 'cc' && source.encoding !== null)
    return { kind: 'by', steps: sum + stepsOf(source.encoding, move.value) };
  return { kind: 'to', share: shareAt(binding, move.value) };
}

function shareAt({ source }: Binding, value: number): number {
  const bits = bitsOf(source);
  return bits === 0 ? 0 : shareOfBits(value, bits);
}

export interface Flushed {
  readonly grip: Grip;
  /** What is to be set, by path. */
  readonly values: Values;
}

/** All that has been moved since the last time, as values to set. */
export function flush(grip: Grip, takeover: Takeover, controls: readonly Control[], values: Values): Flushed {
  if (grip.pending.size === 0) return { grip, values: {} };
  const holds = new Map(grip.holds);
  const wanted = new Map<string, Value>();
  for (const [binding, pending] of grip.pending) {
    if (binding.target.kind !== 'turn') continue;
    const way = wayOf(binding.target, controls);
    if (way === null) continue;
    const value = wanted.get(way.path) ?? values[way.path];
    if (value === undefined) {
      // it can't be turned just now: who asks for it is told why
      const asked = pending.kind === 'to' ? atShare(way.parameter, handOf(pending.share, way)) : null;
      if (asked !== null) wanted.set(way.path, asked);
      continue;
    }
    const turned = turnedBy(pending, holds.get(binding) ?? NEW_HOLD, { way, target: binding.target, value, takeover });
    holds.set(binding, turned.hold);
    if (turned.value !== null) wanted.set(way.path, turned.value);
  }
  return { grip: { ...grip, holds, pending: new Map() }, values: Object.fromEntries(wanted) };
}

interface Turning {
  readonly way: Way;
  readonly target: Turn;
  readonly value: Value;
  readonly takeover: Takeover;
}

function turnedBy(pending: Pending, hold: Hold, turning: Turning): Turned {
  const { way, value, takeover } = turning;
  switch (pending.kind) {
    case 'to':
      return takeOver(takeover, hold, handOf(pending.share, way), way.parameter, value);
    case 'by':
      return turnBy(hold, way.inverted ? -pending.steps : pending.steps, way.parameter, value);
    case 'key':
      return keyed(hold, pending, turning);
  }
}

const handOf = (share: number, { inverted }: Way): number => (inverted ? 1 - share : share);

/** A key is a number from its root, or a switch between both ends. */
function keyed(
  hold: Hold,
  { key, isDown }: Extract<Pending, { kind: 'key' }>,
  { way, target, value }: Turning,
): Turned {
  const { parameter } = way;
  if (target.root !== null) {
    if (!isDown || (parameter.kind !== 'number' && parameter.kind !== 'whole')) return { hold, value: null };
    return { hold, value: Math.min(Math.max(key - target.root, parameter.min), parameter.max) };
  }
  const [near, far] = way.inverted
    ? [atShare(parameter, 1), atShare(parameter, 0)]
    : [atShare(parameter, 0), atShare(parameter, 1)];
  if (target.momentary)
    return isDown
      ? { hold: { ...hold, before: hold.before ?? value }, value: far }
      : { hold: { ...hold, before: null }, value: hold.before };
  if (!isDown) return { hold, value: null };
  const share = shareOf(parameter, value) ?? 0;
  return { hold, value: share >= 0.5 !== way.inverted ? near : far };
}
