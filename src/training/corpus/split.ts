import { type Random, randomFrom, type Seed } from '../../music/random.js';

/**
 * Which songs are held out: about `share` of them, drawn by seed. Songs with equal `prints` (the same notes in another
 * key, say) stay on one side. At least one song stays for training.
 */
export function holdOut(prints: readonly string[], share: number, seed: Seed): boolean[] {
  const wanted = Math.min(Math.round(share * prints.length), prints.length - 1);
  const sizes = new Map<string, number>();
  for (const print of prints) sizes.set(print, (sizes.get(print) ?? 0) + 1);
  const out = new Set<string>();
  let taken = 0;
  for (const print of shuffled([...sizes.keys()], randomFrom(seed))) {
    const size = sizes.get(print) ?? 0;
    if (taken + size > wanted) continue;
    out.add(print);
    taken += size;
  }
  return prints.map((print) => out.has(print));
}

/** Fisher and Yates. */
function shuffled<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
