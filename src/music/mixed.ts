import { DECODING_RANGES, type Decoding } from './decoding.js';
import type { Preset } from './preset.js';
import type { Knobs } from './sketch.js';

/**
 * A preset on the way from one to another, 0..1: temperature, knobs, swing and what of the decoding can go evenly does,
 * where both name it; all else, name and seed too, is of the nearer one. A knob that one does not name is at 0 there.
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
const isSmooth = (key: keyof Decoding): boolean =>
  !DECODING_RANGES[key].whole || key === 'velocity' || key === 'accent';

function decodingBetween(from: Partial<Decoding>, to: Partial<Decoding>, amount: number): Partial<Decoding> {
  const mix: Partial<Record<keyof Decoding, number>> = { ...(amount < 0.5 ? from : to) };
  for (const key of Object.keys(DECODING_RANGES) as (keyof Decoding)[]) {
    const [a, b] = [from[key], to[key]];
    if (a === undefined || b === undefined || !isSmooth(key)) continue;
    const value = between(a, b, amount);
    mix[key] = DECODING_RANGES[key].whole ? Math.round(value) : value;
  }
  return mix;
}
