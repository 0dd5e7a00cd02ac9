import { DECODING, type Decoding } from './decoding.js';
import { namesOf } from './parameter.js';
import type { Preset } from './preset.js';
import type { Knobs } from './sketch.js';

/**
 * A preset on the way from one to another, 0..1: temperature, knobs, swing and what of the decoding can go evenly does,
 * where both name it; all else, name and seed too, is of the nearer one. A knob that one does not name is at 0 there.
 * Strictly between, no bar stays empty: nothing shall go silent on the way.
 */
export function mixed(from: Preset, to: Preset, amount: number): Preset {
  const nearer = amount < 0.5 ? from : to;
  return {
    ...nearer,
    temperature: between(from.temperature, to.temperature, amount),
    knobs: knobsBetween(from.knobs, to.knobs, amount),
    decoding: decodingBetween(from.decoding, to.decoding, amount),
    feel: { ...nearer.feel, swing: between(from.feel.swing, to.feel.swing, amount) },
  };
}

const between = (a: number, b: number, amount: number): number => a + (b - a) * amount;

function knobsBetween(from: Knobs, to: Knobs, amount: number): Knobs {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(Array.from(names, (name) => [name, between(from[name] ?? 0, to[name] ?? 0, amount)]));
}

/** A channel, a pitch or a key half way between two is neither of them; loudness is a whole number all the same. */
const isSmooth = (name: keyof Decoding): boolean =>
  DECODING[name].kind === 'number' || name === 'velocity' || name === 'accent';

function decodingBetween(from: Partial<Decoding>, to: Partial<Decoding>, amount: number): Partial<Decoding> {
  const smooth = namesOf(DECODING).flatMap((name) => {
    const [a, b] = [from[name], to[name]];
    if (!isSmooth(name) || typeof a !== 'number' || typeof b !== 'number') return [];
    // no density is not the least one: on the way to it nearly all notes would go, and come back
    if (name === 'density' && (a === 0 || b === 0)) return [];
    const value = between(a, b, amount);
    return [[name, DECODING[name].kind === 'whole' ? Math.round(value) : value] as const];
  });
  const nearer = { ...(amount < 0.5 ? from : to), ...Object.fromEntries(smooth) };
  return amount > 0 && amount < 1 ? { ...nearer, emptyBars: 'fill' } : nearer;
}
