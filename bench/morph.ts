/**
 * Whether anything goes silent on the way between presets: on lines between any two that are shipped, in the middle of
 * squares of four, in glides of 32 bars: npm run bench -- morph [MODEL...]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPresets } from '#daimon/bridge/presets/preset-folder.js';
import { drawRequest } from '#daimon/daemon/draw-request.js';
import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import type { Preset } from '#daimon/music/preset.js';
import { deriveSeed, randomFrom, seed } from '#daimon/music/random.js';
import { BARS_PER_BLOCK, TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import { shippedFolder } from '#daimon/package.js';
import { blockPreset, blockSketch, namedSeed } from '#daimon/transport/block-plan.js';
import type { Morph, Take } from '#daimon/transport/take.js';
import { mean, median, printTable } from './parts/figures.js';
import { type Quiet, quietOf } from './parts/quiet.js';
import { resultsFolder } from './parts/results.js';

/** On a line, its ends among them. */
const PLACES = 9;
/** Of each line, there and back being two. Those of a preset that names its seed are one and the same. */
const TAKES = 2;
const SQUARES = 200;
const GLIDE_BLOCKS = 2;
/** Of each preset by itself. */
const BLOCKS_ALONE = 60;
const WORST = 5;

const models = process.argv.length > 2 ? process.argv.slice(2) : ['pop'];
const { presets } = await loadPresets([shippedFolder('presets')]);

/** A block, and the preset that it is read by: in a morph, the nearest. */
interface Heard extends Quiet {
  readonly by: string;
}

interface Line {
  readonly name: string;
  /** By place, then by take. */
  readonly places: readonly (readonly Heard[])[];
}

interface Measured {
  readonly alone: readonly Heard[];
  readonly lines: readonly Line[];
  readonly squares: readonly Heard[];
  readonly glides: readonly Heard[];
}

const takeOf = (preset: Preset, number: number, morph: Morph | null): Take => ({
  id: 0,
  model: 0,
  preset,
  seed: preset.seed ?? deriveSeed(seed(1), number),
  theme: null,
  morph,
  anchor: tick(0),
});

async function measure(model: string): Promise<Measured> {
  const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
  /** As the daemon asks for it. */
  const heard = async (take: Take, index: number): Promise<Heard> => {
    const [own, sketch, preset] = [namedSeed(take, index), blockSketch(take, index), blockPreset(take, index)];
    const ask = { take: take.id, index };
    const request = { kind: 'generate', ask, model: take.model, seed: own, sketch, preset, chords: [] } as const;
    const { block } = await drawer.draw(drawRequest(request, drawer.info));
    return { by: preset.name, ...quietOf(block.notes) };
  };
  const played = async (takes: readonly Take[], blocks = 1): Promise<Heard[]> => {
    const all: Heard[] = [];
    for (const take of takes) for (let index = 0; index < blocks; index++) all.push(await heard(take, index));
    return all;
  };
  const pairs = presets.flatMap((from) => presets.filter((to) => to !== from).map((to) => ({ from, to })));
  const lines: Line[] = [];
  for (const [pair, { from, to }] of pairs.entries()) {
    const places: Heard[][] = [];
    for (let place = 0; place < PLACES; place++) {
      const morph: Morph = { kind: 'line', to, x: place / (PLACES - 1) };
      places.push(await played(Array.from({ length: TAKES }, (_, n) => takeOf(from, pair * TAKES + n, morph))));
    }
    lines.push({ name: `${from.name} to ${to.name}`, places });
  }
  const random = randomFrom(seed(2));
  const any = (): Preset => presets[random.below(presets.length)]!;
  const square = (): Morph => ({ kind: 'square', right: any(), up: any(), far: any(), x: 0.5, y: 0.5 });
  const glide = (to: Preset): Morph => ({
    kind: 'glide',
    to,
    from: tick(0),
    until: tick(GLIDE_BLOCKS * TICKS_PER_BLOCK),
  });
  const measured: Measured = {
    lines,
    squares: await played(Array.from({ length: SQUARES }, (_, n) => takeOf(any(), n, square()))),
    glides: await played(
      pairs.map(({ from, to }, n) => takeOf(from, n, glide(to))),
      GLIDE_BLOCKS,
    ),
    alone: await played(
      presets.map((preset) => takeOf(preset, 0, null)),
      BLOCKS_ALONE,
    ),
  };
  await drawer.close();
  return measured;
}

const emptyBars = (blocks: readonly Quiet[]): number => mean(blocks.map((block) => block.emptyBars / BARS_PER_BLOCK));
const notesABar = (blocks: readonly Quiet[]): number => mean(blocks.map(({ notes }) => notes / BARS_PER_BLOCK));
const silence = (blocks: readonly Quiet[]): number =>
  Math.max(0, ...blocks.map(({ longestSilence }) => longestSilence));

/** A line's figures; `thinnest` is the place with the fewest notes, by the end with fewer. */
function told({ name, places }: Line): { name: string; thinnest: number; notes: number[]; emptyBars: number[] } {
  const notes = places.map(notesABar);
  const ends = Math.min(notes[0]!, notes.at(-1)!);
  return { name, thinnest: Math.min(...notes.slice(1, -1)) / ends, notes, emptyBars: places.map(emptyBars) };
}

/** Of the blocks that one preset reads, or several that never rest: by themselves, and on the ways. */
interface Row {
  readonly name: string;
  readonly alone: readonly Heard[];
  readonly ways: readonly (readonly Heard[])[];
}

function rowsOf({ alone, lines, squares, glides }: Measured): readonly Row[] {
  const byThemselves = [...alone, ...lines.flatMap(({ places }) => [...places[0]!, ...places.at(-1)!])];
  const ways = [lines.flatMap(({ places }) => places.slice(1, -1).flat()), squares, glides];
  const resting = new Set(byThemselves.filter((block) => block.emptyBars > 0).map(({ by }) => by));
  const row = (name: string, isOf: (block: Heard) => boolean): Row => ({
    name,
    alone: byThemselves.filter(isOf),
    ways: ways.map((way) => way.filter(isOf)),
  });
  const others = presets.length - resting.size;
  return [
    row(`the ${others} others together`, ({ by }) => !resting.has(by)),
    ...[...resting].sort().map((name) => row(name, ({ by }) => by === name)),
  ];
}

const percent = (blocks: readonly Heard[]): string =>
  blocks.length === 0 ? '' : `${(100 * emptyBars(blocks)).toFixed(2)} %`;

for (const model of models) {
  const measured = await measure(model);
  const rows = rowsOf(measured);
  const lines = measured.lines.map(told);
  console.log(
    `\n${model}: ${presets.length} presets, ${lines.length} lines (there and back), ${TAKES} takes of each; ` +
      `${SQUARES} squares; glides of ${GLIDE_BLOCKS * BARS_PER_BLOCK} bars. Each block counts for the preset that reads it.\n`,
  );
  printTable(
    ['bars that are empty', 'by itself', 'on lines', 'in squares', 'in glides', 'longest: by itself', 'on the way'],
    rows.map(({ name, alone, ways }) => [
      name,
      ...[alone, ...ways].map(percent),
      ...[alone, ways.flat()].map((blocks) => String(silence(blocks))),
    ]),
  );
  const ratios = lines.map(({ thinnest }) => thinnest);
  console.log('\nNotes a bar where a line is thinnest, by those at its thinner end:');
  console.log(`median ${median(ratios).toFixed(2)}; the least are\n`);
  printTable(
    ['', 'thinnest', 'notes a bar from end to end'],
    lines
      .toSorted((a, b) => a.thinnest - b.thinnest)
      .slice(0, WORST)
      .map(({ name, thinnest, notes }) => [name, thinnest.toFixed(2), notes.map((n) => n.toFixed(1)).join(' ')]),
  );
  const path = join(resultsFolder(undefined), `morph-${model}.json`);
  const silences = rows.map(({ name, alone, ways }) => ({
    name,
    emptyBars: [alone, ...ways].map((blocks) => (blocks.length === 0 ? null : emptyBars(blocks))),
    longestSilence: [alone, ...ways].map(silence),
  }));
  writeFileSync(
    path,
    `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), model, rows: silences, lines }, null, 1)}\n`,
  );
  console.log(`\nwritten: ${path}`);
}
