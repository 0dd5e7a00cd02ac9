import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Placed } from './placing.js';

/**
 * At most so many notes at any step. The most probable are let in first; of equals the earlier, then the higher one,
 * for that is the melody. A note that finds no free voice at some step of its own is left out whole: a stump of it
 * would be a note that nobody drew.
 */
export function limitVoices(spans: readonly Placed[], voices: number): readonly Placed[] {
  const sounding = new Uint8Array(STEPS_PER_BLOCK);
  const ranked = spans.toSorted((a, b) => b.probability - a.probability || a.start - b.start || b.pitch - a.pitch);
  return ranked.filter(({ start, length }) => {
    const steps = sounding.subarray(start, start + length);
    if (steps.some((count) => count >= voices)) return false;
    for (let i = 0; i < length; i++) steps[i]++;
    return true;
  });
}
