import { Command } from 'commander';
import { MAX_SEED, seed } from '../music/random.js';
import { DEFAULT_BASE_PITCH, PITCHES, WHOLE } from '../music/roll.js';
import type { CorpusOptions, Progress } from '../training/corpus/corpus.js';
import type { DatasetHeader } from '../training/corpus/dataset.js';
import { KEY_MODES, type KeyMode } from '../training/corpus/key.js';
import { integerBetween, numberBetween, oneOf, roleNames } from './options.js';

interface DataOptions {
  readonly out: string;
  readonly roles: readonly string[];
  readonly base: number;
  readonly key: KeyMode;
  readonly hop: number;
  readonly drums: boolean;
  readonly loops: boolean;
  readonly split: number;
  readonly seed: number;
  readonly json: boolean;
}

/** A window moved by more than its own length would skip bars. */
const MAX_HOP = 16;
/** More than half of the songs held out is a slip. */
const MAX_SPLIT = 0.5;
/** Lines of progress in a log, where no line can be drawn over. */
const LOG_LINES = 10;

export const dataCommand = (): Command =>
  new Command('data')
    .description('turn folders of MIDI files into a dataset to train on')
    .argument('<dir...>', 'folders of Standard MIDI Files (.mid, .midi); folders in them count too')
    .requiredOption('--out <file>', 'the dataset to write')
    .option('--roles <names>', 'parts of the music to keep apart, as in melody,chords (see below)', roleNames, [
      WHOLE.name,
    ])
    .option('--base <pitch>', 'lowest of the 64 pitches kept', integerBetween(1, 128 - PITCHES), DEFAULT_BASE_PITCH)
    .option('--key <mode>', 'common, as-written or all (see below)', oneOf(...KEY_MODES), 'common')
    .option('--hop <bars>', "bars between the beginnings of a song's windows", integerBetween(1, MAX_HOP), 4)
    .option('--drums', 'keep channel 10', false)
    .option('--loops', 'repeat songs of 2 to 15 bars until they fill a block', false)
    .option('--split <share>', 'share of the songs held out to measure on', numberBetween(0, MAX_SPLIT), 0.1)
    .option('--seed <n>', 'chooses the songs held out', integerBetween(0, MAX_SEED), 1)
    .option('--json', 'print the summary as JSON', false)
    .addHelpText(
      'after',
      `
Songs are cut into blocks of 16 bars of 4/4 (or 2/2) on a grid of sixteenths, 64 pitches high. A file that
can't be read is named, with the reason, and skipped. The summary says where every onset went.

Roles: tracks that bear a role's name are that role's; where none does, the tracks with notes are given to the
       roles in the order of the file. Tracks that are left over go to the last role.

Keys: common      moves each song by -6 to 5 semitones, so that the major scale that fits it best is C
                  major; a minor song goes with its relative major, to A minor
      as-written  moves nothing
      all         takes each song in twelve transpositions, all on one side of the split

Example:
  daimon data ~/midi/folk ~/midi/dances --out folk.dmn
  daimon data ~/midi/songs --roles melody,bridge,piano --out songs.dmn
  daimon data ~/midi/bass --base 24 --key all --hop 8 --out bass.dmn`,
    )
    .action(async (folders: string[], options: DataOptions) => {
      const { readCorpus } = await import('../training/corpus/corpus.js');
      const { writeDataset } = await import('../training/corpus/dataset-writer.js');
      const { roles, base: basePitch, key, hop, drums, loops, split } = options;
      const corpusOptions: CorpusOptions = {
        roles,
        basePitch,
        key,
        hop,
        drums,
        loops,
        split,
        seed: seed(options.seed),
      };
      const { header, blocks, skipped } = readCorpus(folders, corpusOptions, showProgress());
      writeDataset(options.out, header, blocks);
      const { songs, ...counts } = header;
      const heldOut = {
        songs: songs.filter((song) => song.heldOut).length,
        blocks: blocks.filter((b) => b.heldOut).length,
      };
      const summary = { out: options.out, ...counts, songs: songs.length, heldOut, skipped };
      console.log(options.json ? JSON.stringify(summary, null, 2) : describe(summary));
    });

/** On a terminal one line drawn over and over, elsewhere a few lines; both on stderr, with the files skipped. */
function showProgress(): (progress: Progress) => void {
  const { stderr } = process;
  return ({ done, of, blocks, skipped }) => {
    const wipe = stderr.isTTY ? '\r\x1b[K' : '';
    if (skipped) stderr.write(`${wipe}skipped ${printable(`${skipped.name}: ${skipped.reason}`)}\n`);
    const line = `${done} of ${of} files, ${blocks} blocks`;
    if (stderr.isTTY) stderr.write(wipe + (done < of ? line : ''));
    else if (Math.floor((done * LOG_LINES) / of) > Math.floor(((done - 1) * LOG_LINES) / of)) stderr.write(`${line}\n`);
  };
}

/** A file's name may hold anything, also what moves a terminal's cursor. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

interface Summary extends Omit<DatasetHeader, 'songs'> {
  readonly out: string;
  readonly songs: number;
  readonly heldOut: { readonly songs: number; readonly blocks: number };
}

function describe({ out, files, songs, blocks, heldOut, onsets, basePitch }: Summary): string {
  const rows: readonly (readonly [number, string])[] = [
    [files.read, 'files read'],
    [files.skipped, 'files skipped'],
    [songs, `songs with a window of 16 bars of 4/4, ${heldOut.songs} of them held out`],
    [blocks, `blocks, ${heldOut.blocks} of them held out`],
    [onsets.onsets, 'onsets in the files'],
    [onsets.drums, 'on channel 10 (--drums keeps them)'],
    [onsets.outside, `outside the pitches ${basePitch} to ${basePitch + PITCHES - 1}`],
    [onsets.merged, 'merged: the same pitch twice on one step of a role'],
    [onsets.otherMeter, 'in bars that are not 4/4'],
    [onsets.unused, 'in bars of 4/4 that no window took'],
    [onsets.kept, 'kept'],
    [onsets.lost, 'lost inside the pitches and the grid'],
  ];
  const width = Math.max(...rows.map(([n]) => n.toLocaleString('en').length));
  return [...rows.map(([n, what]) => `${n.toLocaleString('en').padStart(width)}  ${what}`), `Written to ${out}`].join(
    '\n',
  );
}
