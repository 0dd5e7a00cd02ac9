import type { Random } from '#daimon/music/random.js';
import { step } from '#daimon/music/units.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';

export const note = (onset: number, pitch: number, length = 2): GridNote => ({
  onset: step(onset),
  end: step(onset + length),
  pitch,
});

export const moved = (notes: readonly GridNote[], by: number): GridNote[] =>
  notes.map((one) => ({ ...one, pitch: one.pitch + by }));

/** A melody that seldom comes back to anything: an eighth on each beat and some between. */
export const melody = (random: Random, bars: number): GridNote[] =>
  Array.from({ length: bars * 8 }, (_, i) => i)
    .filter((i) => i % 2 === 0 || random.below(3) === 0)
    .map((i) => note(2 * i, 60 + random.below(20)));
