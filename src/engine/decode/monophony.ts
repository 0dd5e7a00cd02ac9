import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Span } from './spans.js';

/**
 * What a singer would make of these notes: of those that begin together the most probable (of equals the highest),
 * each until the next begins. By onset.
 */
export function oneAtATime(spans: readonly Span[]): readonly Span[] {
  const ranked = spans.toSorted((a, b) => a.start - b.start || b.probability - a.probability || b.row - a.row);
  const struck = ranked.filter(({ start }, i) => i === 0 || start !== ranked[i - 1].start);
  return struck.map((span, i) => {
    const next = struck[i + 1]?.start ?? STEPS_PER_BLOCK;
    return { ...span, length: Math.min(span.length, next - span.start) };
  });
}
