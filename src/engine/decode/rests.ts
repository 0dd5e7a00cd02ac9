import { signsOf } from '../../music/mask.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Placed } from './placing.js';

/** The notes without those that begin on a step marked `x`, the others until the first such step. */
export function rested(spans: readonly Placed[], mask: string): readonly Placed[] {
  const signs = signsOf(mask);
  if (!signs.includes('x')) return spans;
  const rests = (step: number): boolean => signs[step % signs.length] === 'x';
  return spans.flatMap((span) => {
    let end = span.start;
    while (end < Math.min(span.start + span.length, STEPS_PER_BLOCK) && !rests(end)) end++;
    return end === span.start ? [] : [{ ...span, length: end - span.start }];
  });
}
