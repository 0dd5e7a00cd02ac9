import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../../music/units.js';
import type { GridNote } from '../../corpus/grid.js';

export interface PitchSpan {
  readonly lowest: number;
  readonly highest: number;
}

/** What two rolls need to be drawn on one scale. */
export function spanOf(...blocks: readonly (readonly GridNote[])[]): PitchSpan {
  const pitches = blocks.flatMap((notes) => notes.map(({ pitch }) => pitch));
  if (pitches.length === 0) return { lowest: 48, highest: 72 };
  return { lowest: Math.min(...pitches) - 1, highest: Math.max(...pitches) + 1 };
}

/** A block as a piano roll: a bar's width is the same everywhere, a note is as long as it sounds. */
export function rollSvg(notes: readonly GridNote[], { lowest, highest }: PitchSpan, kind: 'drawn' | 'real'): string {
  const rows = highest - lowest + 1;
  const bars = Array.from({ length: BARS_PER_BLOCK + 1 }, (_, bar) => `M${bar * STEPS_PER_BAR} 0v${rows}`).join('');
  // a gap before the next onset, so that repeated notes are seen as such
  const path = notes
    .map(({ onset, end, pitch }) => {
      const length = end - onset - 0.3;
      return `M${onset} ${highest - pitch + 0.1}h${length.toFixed(1)}v.8h-${length.toFixed(1)}z`;
    })
    .join('');
  return (
    `<svg class="roll" viewBox="0 0 ${STEPS_PER_BLOCK} ${rows}" preserveAspectRatio="none" role="img">` +
    `<path class="grid" d="${bars}"/><path class="${kind}" d="${path}"/></svg>`
  );
}
