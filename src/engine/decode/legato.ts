import { STEPS_PER_BLOCK } from '../../music/units.js';
import { grouped } from './grouped.js';
import type { Placed } from './placing.js';

/**
 * Each note held on by a share of the silence up to the next one that begins on its channel, or the block's end. None
 * comes to overlap another that it did not; lengths need not be whole steps any more.
 */
export function heldOn(spans: readonly Placed[], legato: number): readonly Placed[] {
  if (legato === 0) return spans;
  const starts = grouped(spans, ({ channel }) => channel);
  const next = new Map([...starts].map(([channel, notes]) => [channel, nextStarts(notes)]));
  return spans.map((span) => {
    const until = next.get(span.channel)?.[span.start] ?? STEPS_PER_BLOCK;
    return { ...span, length: span.length + legato * Math.max(until - span.start - span.length, 0) };
  });
}

/** For each step the next one, or the block's end, on which a note begins. */
function nextStarts(spans: readonly Placed[]): Uint16Array {
  const begins = new Set(spans.map(({ start }) => start));
  const next = new Uint16Array(STEPS_PER_BLOCK).fill(STEPS_PER_BLOCK);
  for (let step = STEPS_PER_BLOCK - 2; step >= 0; step--) next[step] = begins.has(step + 1) ? step + 1 : next[step + 1];
  return next;
}
