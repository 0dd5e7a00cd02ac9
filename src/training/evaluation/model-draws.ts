import { modelRoots } from '../../engine/bundle.js';
import { Drawer } from '../../engine/drawer.js';
import { plainDraw } from '../../engine/engine.js';
import type { Note } from '../../music/note.js';
import { deriveSeed, type Seed } from '../../music/random.js';
import { WHOLE } from '../../music/roll.js';
import { TICKS_PER_BEAT } from '../../music/units.js';
import { type GridNote, gridNotes } from '../corpus/grid.js';

/** Draws blocks as the daemon does, on this thread; block i from a seed that follows from `seed` and i. */
export async function drawFrom(
  model: string,
  modelsDir: string | null,
  count: number,
  seed: Seed,
  onBlock: (notes: readonly GridNote[], index: number) => void,
): Promise<void> {
  const drawer = await Drawer.open({ model, roots: modelRoots(modelsDir), backend: 'onnx', provider: null });
  try {
    for (let i = 0; i < count; i++) {
      const { block } = await drawer.draw(plainDraw(deriveSeed(seed, i), drawer.info.decoding));
      onBlock(onGrid(block.notes), i);
    }
  } finally {
    await drawer.close();
  }
}

/** By the rules for files: roles that meet on a pitch are heard as one note. */
const onGrid = (notes: readonly Note[]): readonly GridNote[] =>
  gridNotes(
    {
      kind: 'song',
      ticksPerQuarter: TICKS_PER_BEAT,
      tracks: [''],
      notes: notes.map((note) => ({ ...note, end: note.onset + note.duration, track: 0 })),
      meters: [],
    },
    [WHOLE.name],
    { drums: true },
  ).notes;
