import type { Card } from '../../engine/card.js';
import type { Dataset } from './dataset.js';
import type { Line } from './grid.js';

export type Keys = NonNullable<Card['keys']>;

/**
 * Which moves the training blocks were moved by, from the lowest up: each with its share of the blocks, and with the mean
 * and the deviation of these blocks' mean pitch after the move.
 */
export function keysOf({ training, origin, notes }: Pick<Dataset, 'training' | 'origin' | 'notes'>): Keys {
  const moved = new Map<number, number[]>();
  for (const index of training) {
    const { transpose } = origin(index);
    const pitch = meanPitch(notes(index));
    if (Number.isNaN(pitch)) continue;
    const others = moved.get(transpose);
    if (others) others.push(pitch);
    else moved.set(transpose, [pitch]);
  }
  const count = [...moved.values()].reduce((sum, { length }) => sum + length, 0);
  return [...moved]
    .sort(([a], [b]) => a - b)
    .map(([move, pitches]) => {
      const pitch = mean(pitches);
      const deviation = Math.sqrt(mean(pitches.map((one) => (one - pitch) ** 2)));
      return { move, share: rounded(pitches.length / count), pitch: rounded(pitch), deviation: rounded(deviation) };
    });
}

/** MIDI pitch; NaN for a block without notes. */
export const meanPitch = (notes: Line): number => mean(notes.map(({ pitch }) => pitch));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const rounded = (x: number): number => Math.round(x * 1e6) / 1e6;
