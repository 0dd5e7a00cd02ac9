import type { GridNote } from '../../corpus/grid.js';
import type { Evaluation } from '../evaluation.js';
import { nearestBlock, onsetsOf } from '../likeness.js';
import { rollSvg, spanOf } from './roll-svg.js';

/** Drawn blocks that are shown. */
const SHOWN = 8;
/** Semitones: every key once, by the shortest way. */
const MOVES = Array.from({ length: 12 }, (_, i) => i - 6);

/** Drawn blocks, each beside the real one of the reference that is most like it in any key. */
export function rollSection({ drawn, reference }: Evaluation): string {
  const pairs = drawn.blocks.slice(0, SHOWN).map((block, i) => {
    const { notes, similarity } = nearest(block, reference.blocks);
    const span = spanOf(block, notes);
    return `<div class="pair"><div class="card"><h3>drawn ${i + 1}</h3>${rollSvg(block, span, 'drawn')}</div>
<div class="card"><h3>nearest real <small>${(100 * similarity).toFixed(0)} % alike</small></h3>${rollSvg(notes, span, 'real')}</div></div>`;
  });
  return `<h2>Blocks</h2>
<p>The first blocks drawn, none chosen. Beside each the block of the reference that shares most onsets with it in any key,
shown in the key of the drawn one.</p>
${pairs.join('\n')}`;
}

function nearest(block: readonly GridNote[], real: readonly (readonly GridNote[])[]) {
  const onsets = onsetsOf(block);
  const found = MOVES.map((by) => {
    const moved = real.map((notes) => onsetsOf(moveBy(notes, by)));
    return { by, ...nearestBlock(onsets, moved) };
  });
  const { by, index, similarity } = found.reduce((best, one) => (one.similarity > best.similarity ? one : best));
  return { notes: moveBy(real[index], by), similarity };
}

const moveBy = (notes: readonly GridNote[], by: number): readonly GridNote[] =>
  notes.map((note) => ({ ...note, pitch: note.pitch + by })).filter(({ pitch }) => pitch > 0 && pitch < 128);
