import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../../music/units.js';
import type { GridNote } from '../../corpus/grid.js';

export interface RhythmFeatures {
  readonly qualifiedNotes: number;
  readonly notesPerBar: number;
  readonly meanIoi: number;
  readonly meanLength: number;
  readonly grooveConsistency: number;
  readonly lengthShares: Float64Array;
  readonly onsetShares: Float64Array;
}

/** The shortest note that counts as more than a fragment, in steps: an eighth. */
const QUALIFIED_STEPS = 2;
/** Lengths are counted in classes that begin at so many steps. */
const LENGTH_CLASSES: readonly number[] = [1, 2, 3, 4, 5, 7, 9, 13, 17, 33];

/** When notes begin and how long they last. There is at least one. */
export function rhythmFeatures(notes: readonly GridNote[]): RhythmFeatures {
  const lengthShares = new Float64Array(LENGTH_CLASSES.length);
  const onsetShares = new Float64Array(STEPS_PER_BAR);
  const struck = new Uint8Array(STEPS_PER_BLOCK);
  let lengths = 0;
  let qualified = 0;
  for (const { onset, end } of notes) {
    const length = end - onset;
    lengths += length;
    if (length >= QUALIFIED_STEPS) qualified++;
    lengthShares[classOf(length)]++;
    onsetShares[onset % STEPS_PER_BAR]++;
    struck[onset] = 1;
  }
  const n = notes.length;
  return {
    qualifiedNotes: qualified / n,
    notesPerBar: n / BARS_PER_BLOCK,
    meanIoi: meanIoi(struck),
    meanLength: lengths / n,
    grooveConsistency: grooveConsistency(struck),
    lengthShares: lengthShares.map((count) => count / n),
    onsetShares: onsetShares.map((count) => count / n),
  };
}

function classOf(length: number): number {
  let index = LENGTH_CLASSES.length - 1;
  while (LENGTH_CLASSES[index] > length) index--;
  return index;
}

/** Gaps add up to the way from the first onset to the last. */
function meanIoi(struck: Uint8Array): number {
  const count = struck.reduce((sum, one) => sum + one, 0);
  return count > 1 ? (struck.lastIndexOf(1) - struck.indexOf(1)) / (count - 1) : 0;
}

function grooveConsistency(struck: Uint8Array): number {
  let differing = 0;
  for (let s = STEPS_PER_BAR; s < STEPS_PER_BLOCK; s++) if (struck[s] !== struck[s - STEPS_PER_BAR]) differing++;
  return 1 - differing / (STEPS_PER_BLOCK - STEPS_PER_BAR);
}
