/** The evaluation beside its reference in Python: npm run bench -- evaluate SONGS [DRAWN] (folders of MIDI files) */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { findMidiFiles } from '#daimon/training/corpus/midi-folder.js';
import { compareSets } from '#daimon/training/evaluation/comparison.js';
import { tabulate } from '#daimon/training/evaluation/feature-table.js';
import { memoryOf } from '#daimon/training/evaluation/memorisation.js';
import { drawFrom } from '#daimon/training/evaluation/model-draws.js';
import { readDrawnFiles, readSongs } from '#daimon/training/evaluation/real-music.js';
import { noteEvents, QUARTER, songBytes } from '../test/smf/smf-bytes.js';
import { compare, here, inPython } from './parts/side-by-side.js';

const BLOCKS = 500;
const READING = { drums: false, loops: false };
const WINDOWS = 2000;
const ROUNDS = 3;
const STEP = QUARTER / 4;

const [songs, given] = process.argv.slice(2);
if (songs === undefined) {
  console.error('daimon: name a folder of songs, and maybe one of drawn blocks.');
  process.exit(2);
}
const drawn = given ?? mkdtempSync(join(tmpdir(), 'daimon-bench-'));
if (given === undefined) {
  await drawFrom(DEFAULT_MODEL, null, BLOCKS, seed(1), (notes, i) => {
    const events = notes.flatMap(({ onset, end, pitch }) => noteEvents(onset * STEP, end * STEP, pitch));
    writeFileSync(join(drawn, `${String(i).padStart(3, '0')}.mid`), songBytes(events));
  });
}

const load = () => {
  const { blocks, runs } = readSongs(findMidiFiles([songs]), READING);
  const { blocks: all } = readDrawnFiles(findMidiFiles([drawn]), false);
  return { drawn: all.slice(0, BLOCKS), real: blocks.slice(0, BLOCKS).map(({ notes }) => notes), runs };
};
type Loaded = ReturnType<typeof load>;
const features = (set: Loaded): unknown => compareSets(tabulate(set.drawn), tabulate(set.real));
const memorisation = (set: Loaded): unknown => memoryOf(set.runs)(set.drawn, WINDOWS, randomFrom(seed(1)));

const loaded = load();
console.log(`${loaded.drawn.length} drawn blocks, ${loaded.real.length} real ones, ${loaded.runs.length} runs of bars`);
const works = {
  features: async () => features(loaded),
  memorisation: async () => memorisation(loaded),
  all: async () => {
    const set = load();
    return [features(set), memorisation(set)];
  },
} as const;
const TITLES = {
  features: 'Features, overlaps and Frechet distance',
  memorisation: 'Memorisation, all notes and top voice',
  all: 'Everything, the reading of the files included',
} as const;

for (const what of ['features', 'memorisation', 'all'] as const) {
  const ours = here('daimon', works[what], async () => {});
  const args = [what, drawn, songs, String(BLOCKS), String(WINDOWS)];
  const theirs = await inPython('reference (numpy)', 'bench/parts/evaluate_peer.py', args);
  if (!theirs) console.log("The reference is not here: 'apt-get install python3-numpy' brings what it needs.");
  await ours.run();
  await compare(TITLES[what], theirs ? [ours, theirs] : [ours], ROUNDS);
}
if (given === undefined) rmSync(drawn, { recursive: true });
