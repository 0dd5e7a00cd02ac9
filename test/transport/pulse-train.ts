import { randomFrom, seed } from '#daimon/music/random.js';
import { bpm, type Millis, millis, millisPerTick, TICKS_PER_PULSE } from '#daimon/music/units.js';

/** Milliseconds between two pulses at a tempo. */
export const pulseAt = (tempo: number): number => millisPerTick(bpm(tempo)) * TICKS_PER_PULSE;

/** Arrival times of `count` pulses at a tempo, the first at `from`, each up to `jitter` ms early or late. */
export function pulses(tempo: number, count: number, from = 0, jitter = 0, trial = 1): readonly Millis[] {
  const random = randomFrom(seed(trial));
  return Array.from({ length: count }, (_, i) =>
    millis(from + i * pulseAt(tempo) + jitter * (2 * random.uniform() - 1)),
  );
}
