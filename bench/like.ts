/** How near a phrase comes back, on held-out blocks, and what `vary` keeps: npm run bench -- like MODEL FILE.dmn [BLOCKS] */

import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import type { Located } from '#daimon/engine/engine.js';
import { plainDraw } from '#daimon/engine/engine.js';
import type { Locator } from '#daimon/engine/locate/locator.js';
import { byHeight } from '#daimon/engine/locate/voicing.js';
import type { Latent } from '#daimon/music/latent.js';
import { slerp } from '#daimon/music/latent-mix.js';
import { type Line, lineOf, onGrid } from '#daimon/music/line.js';
import type { Part, Phrase } from '#daimon/music/phrase.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { BARS_PER_BLOCK, TICKS_PER_BEAT } from '#daimon/music/units.js';
import { openDataset } from '#daimon/training/corpus/dataset.js';
import { mean, median, printTable } from './parts/figures.js';
import { DISTANCES, type Match, matchOf } from './parts/likeness.js';
import { openLocators } from './parts/locators.js';

const MOST = 500;
/** What takes long is done to every tenth block. */
const SELDOM = 10;
const AMOUNTS = [0, 0.1, 0.25, 0.5];

const [model, path, given] = process.argv.slice(2);
if (model === undefined || path === undefined) {
  console.error('daimon: name a model and the dataset whose held-out blocks are to be located.');
  process.exit(2);
}
const dataset = openDataset(path);
const count = Math.min(Number(given ?? MOST), dataset.heldOut.length);
const indices = Array.from(
  { length: count },
  (_, i) => dataset.heldOut[Math.floor((i * dataset.heldOut.length) / count)]!,
);
const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
const { shape, whole, encoderOnly, withoutEncoder } = await openLocators(model);
const { decoding } = drawer.info;

const drawn = async (latent: Latent | null, i: number, transpose = 0): Promise<{ notes: Line; latent: Latent }> => {
  const sketch = latent === null ? undefined : ({ kind: 'given', latent } as const);
  const { block } = await drawer.draw(plainDraw(deriveSeed(seed(1), i), { ...decoding, transpose }, sketch));
  const notes = block.notes.map((note) => onGrid({ ...note, end: note.onset + note.duration }, TICKS_PER_BEAT));
  return { notes: lineOf(notes), latent: block.latent };
};

const phraseOf = (parts: readonly Part[]): Phrase => ({ bars: BARS_PER_BLOCK, parts });
const named = (lines: readonly Line[]): Phrase =>
  phraseOf(lines.map((notes, role) => ({ name: shape.roles[role]!.name, notes })));
const nameless = (notes: Line): Phrase => phraseOf([{ name: '', notes }]);
const moved = (notes: Line, by: number): Line => notes.map((note) => ({ ...note, pitch: note.pitch + by }));

interface Row {
  readonly name: string;
  readonly locator: Locator;
  readonly phrase: (lines: readonly Line[], all: Line, i: number) => Phrase;
  /** Semitones that the phrase is put away from where the block is. */
  readonly away?: (i: number) => number;
  readonly seldom?: true;
}

const known: Row = { name: 'roles known', locator: whole, phrase: named };
const anyKey = (i: number): number => ((5 * i) % 12) - 6;
const rows: readonly Row[] = [
  { name: 'roles known, encoder alone', locator: encoderOnly, phrase: named },
  known,
  { name: 'roles known, without encoder', locator: withoutEncoder, phrase: named, seldom: true },
  {
    name: 'all in the last role',
    locator: whole,
    phrase: (lines, all) => named(lines.map((_, r) => (r === lines.length - 1 ? all : []))),
    seldom: true,
  },
  { name: 'roles by height', locator: whole, phrase: (_, all) => named(byHeight(all, shape.roles)), seldom: true },
  { name: 'roles by the model', locator: whole, phrase: (_, all) => nameless(all) },
  {
    name: 'the same, in any key',
    locator: whole,
    phrase: (_, all, i) => nameless(moved(all, anyKey(i))),
    away: anyKey,
    seldom: true,
  },
];

const matches = new Map(rows.map(({ name }) => [name, [] as Match[]]));
const seconds: number[] = [];
const varieties = [...AMOUNTS.map((amount) => `vary ${amount}`), 'another draw', 'another real block'];
const apart = new Map(varieties.map((name) => [name, [] as { f1: number; distances: number[] }[]]));
const compare = (name: string, wanted: Line, got: Line): void => {
  const distances = Object.values(DISTANCES).map((distance) => distance(wanted, got));
  apart.get(name)!.push({ f1: matchOf(wanted, got).f1, distances });
};

for (const [i, index] of indices.entries()) {
  const lines = shape.roles.map((_, role) => dataset.notesOf(index, role));
  const wanted = dataset.notes(index);
  if (wanted.length === 0) continue;
  let nearest: Located | null = null;
  for (const row of rows) {
    if (row.seldom && i % SELDOM !== 0) continue;
    const begun = performance.now();
    const located = await row.locator.locate(row.phrase(lines, wanted, i));
    if (row.locator === whole) seconds.push((performance.now() - begun) / 1000);
    if (row === known) nearest = located;
    const away = row.away?.(i) ?? 0;
    const { notes } = await drawn(located.latent, i, -located.move);
    matches.get(row.name)!.push(matchOf(moved(wanted, away), notes));
  }
  if (nearest === null) continue;
  const other = await drawn(null, i);
  for (const amount of AMOUNTS) {
    const mixed = slerp(nearest.latent, other.latent, amount);
    compare(`vary ${amount}`, wanted, (await drawn(mixed, i, -nearest.move)).notes);
  }
  compare('another draw', wanted, other.notes);
  const next = dataset.notes(indices[(i + 1 + (count >> 1)) % count]!);
  if (next.length > 0) compare('another real block', wanted, next);
}
await drawer.close();
for (const locator of [whole, encoderOnly, withoutEncoder]) await locator.close();

console.log(`${model}: ${count} of ${dataset.heldOut.length} held-out blocks of ${path}\n`);
printTable(
  ['', 'blocks', 'F1', 'F1 with length'],
  rows.map(({ name }) => {
    const found = matches.get(name)!;
    return [name, String(found.length), mean(found.map(({ f1 }) => f1)), mean(found.map(({ f1Long }) => f1Long))];
  }),
);
console.log(`\nlocating takes ${median(seconds).toFixed(2)} s\n`);
printTable(
  ['from the original', 'F1', ...Object.keys(DISTANCES)],
  varieties.map((name) => {
    const found = apart.get(name)!;
    const columns = Object.keys(DISTANCES).map((_, k) => mean(found.map(({ distances }) => distances[k]!)));
    return [name, mean(found.map(({ f1 }) => f1)), ...columns];
  }),
);
