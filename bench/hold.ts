/**
 * What stays of a block where columns of it are held and all else is drawn afresh, and where it is varied; and what
 * returns in a form: npm run bench -- hold [MODEL...]
 */
import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { plainDraw } from '#daimon/engine/engine.js';
import type { Note } from '#daimon/music/note.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { cellsOf, formOf, onTheme, type Sketch, type Theme } from '#daimon/music/sketch.js';
import { TICKS_PER_BAR, tick } from '#daimon/music/units.js';
import { printTable } from './parts/figures.js';

const BLOCKS = 200;
const AMOUNTS = [0.1, 0.25, 0.5, 0.75, 1];
/** Held are bars 1 to 8. Those of the last column are drawn from the next one too. */
const HELD = [1, 2, 3, 4];
const BARS = [
  { name: '1 to 6', from: 0, to: 6 },
  { name: '7', from: 6, to: 7 },
  { name: '8', from: 7, to: 8 },
  { name: '9 to 16', from: 8, to: 16 },
];

const FORM = 'AABA';
/** Of four bars each. */
const PARTS = [1, 2, 3];
const BARS_PER_PART = 4;

const models = process.argv.length > 2 ? process.argv.slice(2) : ['pop', 'folk', 'chorale'];

const place = ({ onset, pitch, channel }: Note): string => `${onset} ${pitch} ${channel}`;

/** Of the notes that begin in some bars, how many there are, and how many the other block has too, at its place and pitch. */
class Tally {
  #all = 0;
  #kept = 0;

  add(notes: readonly Note[], other: readonly Note[], from = 0, to = Number.POSITIVE_INFINITY): void {
    const places = new Set(other.map(place));
    const own = notes.filter(({ onset }) => onset >= from * TICKS_PER_BAR && onset < to * TICKS_PER_BAR);
    this.#all += own.length;
    this.#kept += own.filter((note) => places.has(place(note))).length;
  }

  toString(): string {
    return `${((100 * this.#kept) / this.#all).toFixed(1)} %`;
  }
}

interface Figures {
  /** By bars, then by what is held: both rows of columns, the low one, nothing. */
  readonly held: readonly (readonly string[])[];
  readonly varied: readonly string[];
  /** Of the first part's notes in each other part: in the form, and as drawn. */
  readonly returning: readonly (readonly string[])[];
}

async function measure(model: string): Promise<Figures> {
  const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
  const heard = async (name: number, sketch?: Sketch) =>
    (await drawer.draw(plainDraw(deriveSeed(seed(1), name), drawer.info.decoding, sketch))).block;
  const [held, lower, chance] = [0, 1, 2].map(() => BARS.map(() => new Tally())) as [Tally[], Tally[], Tally[]];
  const varied = AMOUNTS.map(() => new Tally());
  const returning = [0, 1].map(() => PARTS.map(() => new Tally()));
  for (let i = 0; i < BLOCKS; i++) {
    const { latent, notes } = await heard(2 * i);
    const formed = (await heard(2 * i, { kind: 'form', of: { kind: 'given', latent }, form: formOf(FORM) })).notes;
    for (const [k, own] of [formed, notes].entries()) {
      for (const part of PARTS) {
        const by = part * BARS_PER_PART * TICKS_PER_BAR;
        const earlier = own.map((note) => ({ ...note, onset: tick(note.onset - by) }));
        returning[k]![part - 1]!.add(own, earlier, 0, BARS_PER_PART);
      }
    }
    const fresh: Sketch = { kind: 'seed', seed: deriveSeed(seed(1), 2 * i + 1), temperature: 1 };
    const under = async (theme: Omit<Theme, 'latent'>): Promise<readonly Note[]> =>
      (await heard(2 * i + 1, onTheme(fresh, { latent, ...theme }))).notes;
    const other = (await heard(2 * i + 1, fresh)).notes;
    const both = await under({ cells: cellsOf(HELD), amount: 1 });
    const low = await under({ cells: cellsOf(HELD, 'low'), amount: 1 });
    for (const [b, { from, to }] of BARS.entries()) {
      held[b]!.add(notes, both, from, to);
      lower[b]!.add(notes, low, from, to);
      chance[b]!.add(notes, other, from, to);
    }
    for (const [a, amount] of AMOUNTS.entries()) {
      varied[a]!.add(notes, amount === 1 ? other : await under({ cells: cellsOf([]), amount }));
    }
  }
  await drawer.close();
  return {
    held: BARS.map((_, b) => [held, lower, chance].map((by) => String(by[b]))),
    varied: varied.map(String),
    returning: returning.map((parts) => parts.map(String)),
  };
}

console.log(`\nOf ${BLOCKS} draws of each model: the share of notes that another draw in their stead still strikes.\n`);
const all: (Figures & { readonly model: string })[] = [];
for (const model of models) all.push({ model, ...(await measure(model)) });
printTable(
  ['bars', 'columns 1 to 4 held', 'their low row held', 'nothing held'],
  all.flatMap(({ model, held }) =>
    BARS.map(({ name }, b): [string, ...string[]] => [`${model}, ${name}`, ...held[b]!]),
  ),
);
console.log('');
printTable(
  ['all bars', ...AMOUNTS.map((amount) => `vary ${amount}`)],
  all.map(({ model, varied }): [string, ...string[]] => [model, ...varied]),
);
console.log('');
printTable(
  ['of bars 1 to 4', ...PARTS.map((part) => `in ${part * BARS_PER_PART + 1} to ${(part + 1) * BARS_PER_PART}`)],
  all.flatMap(({ model, returning: [formed, drawn] }): [string, ...string[]][] => [
    [`${model}, ${FORM}`, ...formed!],
    [`${model}, as drawn`, ...drawn!],
  ]),
);
