import { createHash } from 'node:crypto';
import { DaimonError } from '../../errors.js';
import type { Seed } from '../../music/random.js';
import { PITCHES } from '../../music/roll.js';
import { STEPS_PER_BAR, STEPS_PER_BLOCK } from '../../music/units.js';
import { readMidiFile } from '../../smf/read-file.js';
import { type DatasetHeader, MAX_ROLE_BLOCKS } from './dataset.js';
import type { DatasetBlock } from './dataset-writer.js';
import { type KeyMode, transpositions } from './key.js';
import { findMidiFiles } from './midi-folder.js';
import { packBlock } from './planes.js';
import { type Song, songOf } from './song.js';
import { holdOut } from './split.js';
import { addTallies, NOTHING, type Tally, tallySong } from './tally.js';

export interface CorpusOptions {
  /** The parts that the music is taken apart into, 1 to 4. */
  readonly roles: readonly string[];
  /** MIDI pitch of the lowest row. */
  readonly basePitch: number;
  readonly key: KeyMode;
  /** Bars between the windows of a song. */
  readonly hop: number;
  readonly drums: boolean;
  /** Whether songs of 2 to 15 bars are repeated to fill a block. */
  readonly loops: boolean;
  /** Share of the songs to hold out, and the seed that chooses them. */
  readonly split: number;
  readonly seed: Seed;
}

export interface SkippedFile {
  readonly name: string;
  readonly reason: string;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly blocks: number;
  readonly skipped: SkippedFile | null;
}

export interface Corpus {
  readonly header: DatasetHeader;
  readonly blocks: readonly DatasetBlock[];
  readonly skipped: readonly SkippedFile[];
}

type SongBlock = Omit<DatasetBlock, 'heldOut'>;

/** Folders of MIDI files to the blocks of a dataset. A broken file is skipped. Throws DaimonError `file`, `dataset`. */
export function readCorpus(
  folders: readonly string[],
  options: CorpusOptions,
  onProgress: (progress: Progress) => void,
): Corpus {
  const files = findMidiFiles(folders);
  const skipped: SkippedFile[] = [];
  const names: string[] = [];
  const prints: string[] = [];
  const blocks: SongBlock[] = [];
  let onsets = NOTHING;
  files.forEach(({ path, name }, i) => {
    const file = readMidiFile(path);
    if (file.kind === 'broken') skipped.push({ name, reason: file.reason });
    else {
      const song = songOf(file, options);
      const made = blocksOf(song, file.notes.length, names.length, options);
      onsets = addTallies(onsets, made.tally);
      if (made.blocks.length > 0) {
        names.push(name);
        prints.push(printOf(song));
        for (const block of made.blocks) blocks.push(block);
      }
      refuseTooMany(blocks.length, options.roles.length);
    }
    const skippedNow = file.kind === 'broken' ? (skipped.at(-1) ?? null) : null;
    onProgress({ done: i + 1, of: files.length, blocks: blocks.length, skipped: skippedNow });
  });
  if (blocks.length === 0) throw nothingFound(folders, files.length, skipped.length);
  const heldOut = holdOut(prints, options.split, options.seed);
  return {
    header: {
      format: 'daimon dataset',
      pitches: PITCHES,
      steps: STEPS_PER_BLOCK,
      ...options,
      roles: [...options.roles],
      blocks: blocks.length,
      files: { read: files.length - skipped.length, skipped: skipped.length },
      onsets,
      songs: names.map((name, i) => ({ name, heldOut: heldOut[i] })),
    },
    blocks: blocks.map((block) => ({ ...block, heldOut: heldOut[block.song] })),
    skipped,
  };
}

/** One version of the song for each transposition. */
function blocksOf(
  song: Song,
  onsets: number,
  index: number,
  { key, basePitch }: CorpusOptions,
): { readonly blocks: SongBlock[]; readonly tally: Tally } {
  const blocks: SongBlock[] = [];
  let tally = NOTHING;
  for (const transpose of transpositions(key, song.notes)) {
    const version = song.windows.map(({ start, roles }) => ({
      song: index,
      bar: Math.floor(start / STEPS_PER_BAR),
      transpose,
      bits: packBlock(roles, basePitch, transpose),
    }));
    const bits = version.map((block) => block.bits);
    tally = addTallies(tally, tallySong(song, onsets, bits, basePitch, transpose));
    blocks.push(...version);
  }
  return { blocks, tally };
}

/** The same for two files with the same notes, whatever key they are in. */
export function printOf({ notes }: Song): string {
  const lowest = notes.reduce((low, { pitch }) => Math.min(low, pitch), Number.POSITIVE_INFINITY);
  const lines = notes.map(({ onset, end, pitch }) => `${onset} ${end} ${pitch - lowest}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function refuseTooMany(blocks: number, roles: number): void {
  const limit = Math.floor(MAX_ROLE_BLOCKS / roles);
  if (blocks <= limit) return;
  const most = limit.toLocaleString('en');
  throw new DaimonError('dataset', `These folders give more than ${most} blocks; name fewer, or raise --hop.`);
}

function nothingFound(folders: readonly string[], files: number, skipped: number): DaimonError {
  const where = folders.join(', ');
  if (files === 0) return new DaimonError('dataset', `There is no .mid or .midi file in ${where}; name other folders.`);
  if (files === skipped) {
    return new DaimonError(
      'midi-file',
      `None of the ${files} MIDI files in ${where} can be read; see the reasons above.`,
    );
  }
  return new DaimonError(
    'dataset',
    `No file in ${where} has 16 bars of 4/4 in a row; name longer songs, or repeat short ones with --loops.`,
  );
}
