/**
 * How surprising the step from one block to the next is, measured by the steps inside blocks that the model draws: of
 * blocks one after the other, of an endless stream, and of real songs: npm run bench -- seam MODEL [SONGS] [FOLDER]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { plainDraw } from '#daimon/engine/engine.js';
import type { Note } from '#daimon/music/note.js';
import { deriveSeed, type Random, randomFrom, seed } from '#daimon/music/random.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, step, TICKS_PER_STEP } from '#daimon/music/units.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { findMidiFiles } from '#daimon/training/corpus/midi-folder.js';
import { readSongs } from '#daimon/training/evaluation/real-music.js';
import { streamed } from '../test/support/streamed.js';
import { mean, printTable } from './parts/figures.js';
import { resultsFolder } from './parts/results.js';
import { SEAM_FIGURES, type Seam, seamAt } from './parts/seam.js';
import { type Surprise, scaleOf, surpriseOf } from './parts/surprise.js';

const BLOCKS = 400;
const STREAMS = 25;
const BLOCKS_PER_STREAM = 16;
/** Real songs at least so long have a line between two blocks, and two bars after it. */
const LEAST_BARS = BARS_PER_BLOCK + 2;
const RESAMPLES = 2000;
const HALF = STEPS_PER_BLOCK / 2;

const [model, songs, folder] = process.argv.slice(2);
if (model === undefined) {
  console.error('daimon: name a model, and maybe a folder of songs.');
  process.exit(2);
}

const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
const { decoding } = drawer.info;

/** One line for all channels, each note until its pitch is struck again; from so many blocks on. */
function onGrid(notes: readonly Note[], block: number): GridNote[] {
  const at = (tick: number): number => Math.round(tick / TICKS_PER_STEP) + block * STEPS_PER_BLOCK;
  return notes.map(({ onset, duration, pitch }) => ({
    onset: step(at(onset)),
    end: step(Math.max(at(onset) + 1, at(onset + duration))),
    pitch,
  }));
}

/** In order, each note cut where its pitch is struck again, as it is played. */
function asPlayed(notes: readonly GridNote[]): GridNote[] {
  const next = new Map<number, number>();
  return notes
    .toSorted((a, b) => a.onset - b.onset || a.pitch - b.pitch)
    .toReversed()
    .map((note) => {
      const end = step(Math.min(note.end, next.get(note.pitch) ?? note.end));
      next.set(note.pitch, note.onset);
      return { ...note, end };
    })
    .filter(({ onset, end }) => end > onset)
    .toReversed();
}

const seams = (notes: readonly GridNote[], bars: number, first: number, apart: number): Seam[] => {
  const found: Seam[] = [];
  for (let bar = first; bar + 2 <= bars; bar += apart) {
    const seam = seamAt(notes, step(bar * STEPS_PER_BAR));
    if (seam !== null) found.push(seam);
  }
  return found;
};

const plain: GridNote[][] = [];
for (let i = 0; i < BLOCKS; i++) {
  const { block } = await drawer.draw(plainDraw(deriveSeed(seed(1), i), decoding));
  plain.push(asPlayed(onGrid(block.notes, 0)));
}
const streams: GridNote[][] = [];
for (let s = 0; s < STREAMS; s++) {
  const notes: GridNote[] = [];
  for (let endless = 0; endless < BLOCKS_PER_STREAM; endless++) {
    const { block } = await drawer.draw(plainDraw(seed(0), decoding, streamed(deriveSeed(seed(2), s), 1, endless)));
    notes.push(...onGrid(block.notes, endless));
  }
  streams.push(asPlayed(notes));
}
await drawer.close();

const later = (notes: readonly GridNote[]): GridNote[] =>
  notes.map((note) => ({ ...note, onset: step(note.onset + STEPS_PER_BLOCK), end: step(note.end + STEPS_PER_BLOCK) }));
const streamBars = BLOCKS_PER_STREAM * BARS_PER_BLOCK;
const inside = plain.flatMap((notes) => seamAt(notes, step(HALF)) ?? []);
const real = songs === undefined ? null : readSongs(findMidiFiles([songs]), { drums: false, loops: false }).runs;
const long = real?.filter(({ bars }) => bars >= LEAST_BARS) ?? [];
const sets: readonly (readonly [string, readonly Seam[]])[] = [
  ['inside blocks, bar 8 to 9', inside],
  [
    'inside, other two-bar lines',
    plain.flatMap((notes) => [2, 4, 6, 10, 12, 14].flatMap((bar) => seamAt(notes, step(bar * STEPS_PER_BAR)) ?? [])),
  ],
  [
    'block after block, bar 16 to 17',
    plain.slice(1).flatMap((notes, i) => seamAt([...plain[i]!, ...later(notes)], step(STEPS_PER_BLOCK)) ?? []),
  ],
  ['endless, bar 16 to 17', streams.flatMap((notes) => seams(notes, streamBars, BARS_PER_BLOCK, BARS_PER_BLOCK))],
  ['endless, bar 8 to 9', streams.flatMap((notes) => seams(notes, streamBars, BARS_PER_BLOCK / 2, BARS_PER_BLOCK))],
  ...(real === null
    ? []
    : ([
        ['real, bar 16 to 17', long.flatMap(({ notes, bars }) => seams(notes, bars, BARS_PER_BLOCK, BARS_PER_BLOCK))],
        ['real, bar 8 to 9', long.flatMap(({ notes, bars }) => seams(notes, bars, BARS_PER_BLOCK / 2, BARS_PER_BLOCK))],
        [
          'real, other two-bar lines',
          long.flatMap(({ notes, bars }) => [2, 4, 6].flatMap((bar) => seams(notes, bars, bar, BARS_PER_BLOCK / 2))),
        ],
      ] as const)),
];

/** Two-sample Kolmogorov-Smirnov distance: how far apart the two distribution functions come. */
function distance(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], x: number): number => values.filter((y) => y <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
}

/** 95 % of the differences of means that other draws of as many would have had (bootstrap). */
function interval(a: readonly number[], b: readonly number[], random: Random): readonly [number, number] {
  const again = (values: readonly number[]): number => mean(values.map(() => values[random.below(values.length)]!));
  const differences = Array.from({ length: RESAMPLES }, () => again(a) - again(b)).sort((x, y) => x - y);
  return [differences[Math.floor(0.025 * RESAMPLES)]!, differences[Math.floor(0.975 * RESAMPLES)]!];
}

const scale = scaleOf(inside);
const surprises = sets.map(([name, found]) => [name, found.map((seam) => surpriseOf(seam, scale))] as const);
const base = surprises[0]![1].map(({ all }) => all);
const rows = surprises.map(([name, found]: readonly [string, readonly Surprise[]]) => {
  const values = found.map(({ all }) => all);
  const [low, high] = interval(values, base, randomFrom(seed(3)));
  return {
    name,
    count: found.length,
    surprise: mean(values),
    more: { low, high },
    distance: distance(values, base),
    by: Object.fromEntries(SEAM_FIGURES.map((figure) => [figure, mean(found.map(({ by }) => by[figure]))])),
  };
});

console.log(
  `\nSurprise, 0 to 1, by the steps inside blocks of "${model}" from bar 8 to 9; 95 % of how much more (bootstrap); KS distance.\n`,
);
printTable(
  ['step', 'count', 'surprise', 'more: from', 'to', 'KS', ...SEAM_FIGURES],
  rows.map(({ name, count, surprise, more, distance: ks, by }) => [
    name,
    String(count),
    surprise,
    more.low,
    more.high,
    ks,
    ...SEAM_FIGURES.map((figure) => by[figure]!),
  ]),
);
const path = join(resultsFolder(folder), `seam-${model}.json`);
writeFileSync(path, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), model, rows }, null, 2)}\n`);
console.log(`\nwritten: ${path}`);
