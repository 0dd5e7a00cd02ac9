import type { Random } from '../../music/random.js';

/** At most `limit` of the numbers 0 to `count` - 1, each as likely, in rising order. All of them where there are no more. */
export function sample(count: number, limit: number, random: Random): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  if (count <= limit) return all;
  for (let i = 0; i < limit; i++) {
    const j = i + random.below(count - i);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, limit).sort();
}
