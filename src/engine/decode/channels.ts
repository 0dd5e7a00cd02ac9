import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Placed } from './placing.js';
import type { Span } from './spans.js';

/** A channel has one note of a pitch at a time, whichever role it is from. */

const MIDI_PITCHES = 128;

/** Of notes of one pitch that begin together on a channel, the longest; of equals the more probable. */
export function joinUnisons(spans: readonly Placed[]): readonly Placed[] {
  const kept = new Map<number, Placed>();
  for (const span of spans) {
    const key = lineOf(span) * STEPS_PER_BLOCK + span.start;
    const known = kept.get(key);
    if (known === undefined || weightier(span, known)) kept.set(key, span);
  }
  return [...kept.values()];
}

/** Each note until its pitch is struck again on its channel. No two of one channel and pitch may begin together. */
export function cutAtNextStrike(spans: readonly Placed[]): readonly Placed[] {
  const ordered = spans.toSorted((a, b) => lineOf(a) - lineOf(b) || a.start - b.start);
  return ordered.map((span, i) => {
    const next = ordered[i + 1];
    if (next === undefined || lineOf(next) !== lineOf(span)) return span;
    const until = next.start - span.start;
    return until < span.length ? { ...span, length: until } : span;
  });
}

/** A number for each channel and pitch. */
const lineOf = ({ channel, pitch }: Placed): number => channel * MIDI_PITCHES + pitch;

const weightier = (a: Span, b: Span): boolean =>
  a.length > b.length || (a.length === b.length && a.probability > b.probability);
