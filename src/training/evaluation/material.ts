import { findBundle, modelRoots } from '../../engine/bundle.js';
import { DaimonError } from '../../errors.js';
import { deriveSeed, randomFrom, type Seed } from '../../music/random.js';
import { openDataset } from '../corpus/dataset.js';
import type { GridNote } from '../corpus/grid.js';
import { findMidiFiles } from '../corpus/midi-folder.js';
import { BEYOND_DRAWS, type Drawn, PAIRED, type Real } from './evaluation.js';
import { mover } from './key-mover.js';
import { drawFrom } from './model-draws.js';
import { readDrawnFiles, readSongs, type SongReading } from './real-music.js';

export interface RealFolders extends SongReading {
  readonly reference: readonly string[];
  /** Songs learned from; null: the reference. */
  readonly train: readonly string[] | null;
  /** A dataset that says which songs of the reference were held out; it was read with drums and loops if it says so. */
  readonly data: string | null;
}

/** Reads the real music. Throws DaimonError `file` and `dataset`. */
export function readReal({ reference, train, data, ...asked }: RealFolders): Real {
  const files = findMidiFiles(reference);
  const dataset = data === null ? null : openDataset(data).header;
  const reading = { drums: asked.drums || dataset?.drums === true, loops: asked.loops || dataset?.loops === true };
  const kept = new Set(dataset?.songs.flatMap(({ name, heldOut }) => (heldOut ? [name] : [])));
  const heldOutFiles = files.filter(({ name }) => kept.has(name));
  const where = reference.join(', ');
  if (dataset !== null && kept.size === 0) {
    const advice = "leave --data out, or make it again by 'daimon data' with a --split above 0";
    throw new DaimonError('dataset', `${data} holds out no song to set beside what is judged; ${advice}.`);
  }
  if (dataset !== null && heldOutFiles.length === 0) {
    const which = kept.size === 1 ? 'The song that' : `None of the ${kept.size} songs that`;
    const there = kept.size === 1 ? 'is not' : 'is';
    const advice = 'name the folder that it was made from';
    throw new DaimonError('dataset', `${which} ${data} holds out ${there} in ${where}; ${advice}.`);
  }
  const songs = readSongs(
    files.filter(({ name }) => !kept.has(name)),
    reading,
  );
  const heldOut = dataset === null ? null : readSongs(heldOutFiles, reading).blocks;
  if (songs.blocks.length === 0 || heldOut?.length === 0) {
    const which = songs.blocks.length === 0 ? 'to compare with' : 'that was held out';
    throw new DaimonError('dataset', `No song ${which} in ${where} has 16 bars of 4/4 in a row; name other folders.`);
  }
  const training = train === null ? songs.runs : readSongs(findMidiFiles(train), reading).runs;
  return { reference: songs.blocks, training, heldOut };
}

/** Reads blocks from files: each file one from its beginning on, or whole songs. Throws DaimonError `file`, `dataset`. */
export function readDrawn(
  folder: string,
  songs: boolean,
  drums: boolean,
): Drawn & { readonly unreadable: readonly string[] } {
  const files = findMidiFiles([folder]);
  const { blocks, unreadable } = songs
    ? { blocks: readSongs(files, { drums, loops: false }).blocks.map(({ notes }) => notes), unreadable: [] }
    : readDrawnFiles(files, drums);
  if (blocks.length === 0)
    throw new DaimonError('dataset', `${folder} holds no block to evaluate; name another folder.`);
  const empty = blocks.filter((notes) => notes.length === 0).length;
  return { blocks, unmoved: blocks, draws: blocks.length, empty, unreadable: unreadable.map(({ name }) => name) };
}

export interface DrawOptions {
  readonly model: string;
  readonly modelsDir: string | null;
  /** Blocks that are kept to be measured. */
  readonly blocks: number;
  /** Blocks that are drawn. */
  readonly draws: number;
  readonly seed: Seed;
  readonly onProgress: (done: number, of: number) => void;
}

/** Draws as the daemon would, and moves the blocks to keys of real songs. Rejects with what the engine rejects with. */
export async function drawModel({ model, modelsDir, blocks, draws, seed, onProgress }: DrawOptions): Promise<Drawn> {
  const { card } = await findBundle(model, modelRoots(modelsDir));
  const kept: (readonly GridNote[])[] = [];
  let empty = 0;
  await drawFrom(model, modelsDir, draws, seed, (notes, i) => {
    if (i < Math.max(blocks, PAIRED)) kept.push(notes);
    if (notes.length === 0) empty++;
    onProgress(i + 1, draws);
  });
  const moveBack = mover(card.keys, randomFrom(deriveSeed(seed, BEYOND_DRAWS - 1)));
  return { blocks: kept.slice(0, blocks).map(moveBack), unmoved: kept, draws, empty };
}
