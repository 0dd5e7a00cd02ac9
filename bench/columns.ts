/**
 * Where the roll changes when one column of the latent is another draw's, and where when one row of one column is:
 * npm run bench -- columns [FOLDER] [MODEL...] (the first model's picture is drawn)
 */

import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { COLUMNS, STEPS_PER_COLUMN } from '#daimon/engine/endless/reach.js';
import { type Drawn, plainDraw } from '#daimon/engine/engine.js';
import type { Latent } from '#daimon/music/latent.js';
import type { Note } from '#daimon/music/note.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { PITCHES } from '#daimon/music/roll.js';
import { STEPS_PER_BAR, STEPS_PER_BLOCK, TICKS_PER_STEP } from '#daimon/music/units.js';
import { printTable } from './parts/figures.js';
import { heatSvg } from './parts/heat.js';
import { resultsFolder, writeResults } from './parts/results.js';

const DRAWS = 200;
const ROWS = 2;
/** Steps beyond its own two bars that a column can change: engine/endless/reach.ts. */
const REACH = 31;
const [folder, ...named] = process.argv.slice(2);
const models = named.length > 0 ? named : ['pop', 'folk', 'chorale'];

/** Of a change, the shares in the column's own two bars, in the bar on either side, and further away. */
interface Where {
  readonly own: number;
  readonly beside: number;
  readonly further: number;
}

/** Of a change by a row of the latent, the share in the lower half of the pitches. */
interface Figures {
  readonly model: string;
  readonly draws: number;
  readonly probabilities: Where;
  readonly notes: Where;
  /** Steps further than the reach that any probability changed on. */
  readonly beyondReach: number;
  readonly lowerHalf: { readonly byLowerRow: number; readonly byUpperRow: number };
}

/** `latent` with one column as `other` has it, in one row or in all. */
function exchanged(latent: Latent, other: Latent, column: number, row: number | null): Latent {
  const values = Float32Array.from(latent.values);
  for (let at = column; at < values.length; at += COLUMNS) {
    if (row === null || Math.floor(at / COLUMNS) % ROWS === row) values[at] = other.values[at]!;
  }
  return { ...latent, values };
}

/** How much probabilities differ, summed over the planes: by step, and by pitch. */
function difference(a: Drawn, b: Drawn): { readonly bySteps: Float64Array; readonly byPitches: Float64Array } {
  const bySteps = new Float64Array(STEPS_PER_BLOCK);
  const byPitches = new Float64Array(PITCHES);
  a.roll.roles.forEach((role, r) => {
    const other = b.roll.roles[r]!;
    for (const [mine, theirs] of [[role.sounding, other.sounding] as const, [role.onset!, other.onset!] as const]) {
      mine.forEach((p, i) => {
        const change = Math.abs(p - theirs[i]!);
        bySteps[i % STEPS_PER_BLOCK]! += change;
        byPitches[Math.floor(i / STEPS_PER_BLOCK)]! += change;
      });
    }
  });
  return { bySteps, byPitches };
}

/** Notes that one strikes and the other does not, by step. */
function changedNotes(a: readonly Note[], b: readonly Note[]): Float64Array {
  const told = ({ onset, pitch, channel }: Note): string => `${onset} ${pitch} ${channel}`;
  const steps = new Float64Array(STEPS_PER_BLOCK);
  const count = (notes: readonly Note[], others: ReadonlySet<string>): void => {
    for (const note of notes) if (!others.has(told(note))) steps[note.onset / TICKS_PER_STEP]! += 1;
  };
  count(a, new Set(b.map(told)));
  count(b, new Set(a.map(told)));
  return steps;
}

const sum = (values: Float64Array, from = 0, to = values.length): number =>
  values.subarray(Math.max(0, from), to).reduce((total, x) => total + x, 0);

/** Of changes by column, a row of steps for each. */
function whereOf(changes: readonly Float64Array[]): Where {
  let [own, near, all] = [0, 0, 0];
  changes.forEach((steps, column) => {
    const from = column * STEPS_PER_COLUMN;
    own += sum(steps, from, from + STEPS_PER_COLUMN);
    near += sum(steps, from - STEPS_PER_BAR, from + STEPS_PER_COLUMN + STEPS_PER_BAR);
    all += sum(steps);
  });
  return { own: own / all, beside: (near - own) / all, further: (all - near) / all };
}

async function measure(model: string): Promise<{ readonly figures: Figures; readonly heat: readonly Float64Array[] }> {
  const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
  const { decoding } = drawer.info;
  const draw = (index: number, latent: Latent | null): Promise<Drawn> =>
    drawer.draw(
      plainDraw(deriveSeed(seed(1), index), decoding, latent === null ? undefined : { kind: 'given', latent }),
    );
  const empty = (): Float64Array[] => Array.from({ length: COLUMNS }, () => new Float64Array(STEPS_PER_BLOCK));
  const [heat, notes] = [empty(), empty()];
  const beyond = new Set<number>();
  const halves = [new Float64Array(PITCHES), new Float64Array(PITCHES)];
  for (let i = 0; i < DRAWS; i++) {
    const [block, other] = [await draw(2 * i, null), await draw(2 * i + 1, null)];
    for (let column = 0; column < COLUMNS; column++) {
      const changed = await draw(0, exchanged(block.block.latent, other.block.latent, column, null));
      const { bySteps } = difference(block, changed);
      const [first, after] = [column * STEPS_PER_COLUMN - REACH, (column + 1) * STEPS_PER_COLUMN + REACH];
      bySteps.forEach((change, step) => {
        heat[column]![step]! += change;
        if (change !== 0 && (step < first || step >= after)) beyond.add(step);
      });
      changedNotes(block.block.notes, changed.block.notes).forEach((count, step) => {
        notes[column]![step]! += count;
      });
    }
    const column = i % COLUMNS;
    for (const [row, half] of halves.entries()) {
      const changed = await draw(0, exchanged(block.block.latent, other.block.latent, column, row));
      difference(block, changed).byPitches.forEach((change, pitch) => {
        half[pitch]! += change;
      });
    }
  }
  await drawer.close();
  const [byLowerRow, byUpperRow] = halves.map((half) => sum(half, 0, PITCHES / 2) / sum(half)) as [number, number];
  return {
    figures: {
      model,
      draws: DRAWS,
      probabilities: whereOf(heat),
      notes: whereOf(notes),
      beyondReach: beyond.size,
      lowerHalf: { byLowerRow, byUpperRow },
    },
    // a mean over the draws, of what all pitches and planes sum to
    heat: heat.map((steps) => steps.map((change) => change / DRAWS)),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const all: Figures[] = [];
let picture = '';
for (const model of models) {
  const { figures, heat } = await measure(model);
  all.push(figures);
  if (picture !== '') continue;
  const rows = heat.map((values, column) => ({
    name: `column ${column + 1}`,
    values,
    frame: { from: column * STEPS_PER_COLUMN, to: (column + 1) * STEPS_PER_COLUMN },
  }));
  const title = `Where the roll of the model ${model} changes with each column of its latent`;
  picture = heatSvg(title, 'change of all probabilities on a step, mean', rows);
}
console.log(`\n${DRAWS} draws of each model; in each, every column in turn is another draw's.\n`);
printTable(
  ['where it changes', 'own two bars', 'bar beside', 'further', `past ${REACH} steps`],
  all.flatMap(({ model, probabilities: p, notes: n, beyondReach }) => [
    [`${model}, probabilities`, percent(p.own), percent(p.beside), percent(p.further), `${beyondReach} steps`],
    [`${model}, notes struck`, percent(n.own), percent(n.beside), percent(n.further), ''],
  ]),
);
console.log('');
printTable(
  ['share in the lower half of pitches', 'by the lower row', 'by the upper row'],
  all.map(({ model, lowerHalf }) => [model, percent(lowerHalf.byLowerRow), percent(lowerHalf.byUpperRow)]),
);
writeResults(resultsFolder(folder), 'columns', { models: all }, picture);
