import type { Card } from '../../engine/card.js';
import type { Dataset } from './dataset.js';

/** Which moves the training blocks were moved by, each with its share of the blocks, from the lowest up. */
export function keysOf({ training, origin }: Pick<Dataset, 'training' | 'origin'>): NonNullable<Card['keys']> {
  const counts = new Map<number, number>();
  for (const index of training) {
    const { transpose } = origin(index);
    counts.set(transpose, (counts.get(transpose) ?? 0) + 1);
  }
  const share = (count: number): number => Math.round((count / training.length) * 1e6) / 1e6;
  return [...counts].sort(([a], [b]) => a - b).map(([move, count]) => ({ move, share: share(count) }));
}
