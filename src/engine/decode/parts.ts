import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Placed } from './placing.js';

/** As an ear takes music apart: what is highest when it begins, what is lowest, and what lies between. */
const [TOP, INNER, BASS] = [0, 1, 2];

/**
 * Each note's part, 0 top voice, 1 inner voice, 2 bass, by what sounds on the step it begins on. A note alone belongs
 * to the one of the outer two that was last heard nearer to it, the first one to the top.
 */
export function partsOf(spans: readonly Placed[]): readonly number[] {
  const lowest = new Uint8Array(STEPS_PER_BLOCK).fill(127);
  const highest = new Uint8Array(STEPS_PER_BLOCK);
  for (const { start, length, pitch } of spans) {
    for (let step = start; step < start + length; step++) {
      lowest[step] = Math.min(lowest[step], pitch);
      highest[step] = Math.max(highest[step], pitch);
    }
  }
  const bassAlone = new Set<number>();
  let [top, bass] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let step = 0; step < STEPS_PER_BLOCK; step++) {
    const [low, high] = [lowest[step], highest[step]];
    if (low > high) continue;
    if (low < high) [top, bass] = [high, low];
    else if (Math.abs(low - bass) < Math.abs(low - top)) bassAlone.add(step);
  }
  return spans.map(({ start, pitch }) => {
    if (pitch === highest[start]) return bassAlone.has(start) ? BASS : TOP;
    return pitch === lowest[start] ? BASS : INNER;
  });
}
