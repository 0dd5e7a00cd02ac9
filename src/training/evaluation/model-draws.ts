import { modelRoots } from '../../engine/bundle.js';
import type { Card } from '../../engine/card.js';
import { Drawer } from '../../engine/drawer.js';
import type { Note } from '../../music/note.js';
import { deriveSeed, type Random, type Seed } from '../../music/random.js';
import { WHOLE } from '../../music/roll.js';
import { TICKS_PER_BEAT } from '../../music/units.js';
import { type GridNote, gridNotes } from '../corpus/grid.js';

/** What is drawn without a preset is written nowhere. */
const NO_PRESET = '';

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
      const { block } = await drawer.draw({
        seed: deriveSeed(seed, i),
        temperature: 1,
        latent: null,
        preset: NO_PRESET,
        decoding: drawer.info.decoding,
      });
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

/** A function that moves a block back to where its song may have been, as often to each key as songs were there. */
export function mover(keys: Card['keys'], random: Random): (notes: readonly GridNote[]) => readonly GridNote[] {
  if (keys === undefined) return (notes) => notes;
  return (notes) => {
    let left = random.uniform();
    const chosen = keys.find(({ share }) => {
      left -= share;
      return left < 0;
    });
    const by = chosen?.move ?? 0;
    // a note moved off the keyboard could not be written to a file
    return notes.map((note) => ({ ...note, pitch: note.pitch - by })).filter(({ pitch }) => pitch > 0 && pitch < 128);
  };
}
