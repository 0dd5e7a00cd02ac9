import type { Bundle } from '../engine/bundle.js';
import { columns, table } from './columns.js';
import { barsMet, figureRow } from './figure-row.js';

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** A model's card as a page to read. */
export function cardText({ folder, card, size }: Bundle): string {
  const { architecture, training, added, figures, evaluation, weaknesses, decoding } = card;
  const { channels, rows, columns: time } = architecture.latent;
  const facts = [
    ['Network', `${networkOf(architecture)}, ${rollLine(architecture)}`],
    ...(architecture.roles ?? []).map(({ name, voices }, i) => [
      i === 0 ? 'Roles' : '',
      voices === null ? name : `${name}, one note at a time`,
    ]),
    ['Latent', `${channels} x ${rows} x ${time}${card.files.prior === undefined ? '' : ', shaped by a prior'}`],
    ['Pitches', `MIDI ${architecture.basePitch} to ${architecture.basePitch + 63}`],
    ['Size', `${megabytes(size)} in ${folder}`],
    ...(training === undefined ? [] : trainedOn(training, card.keys)),
    ...(added === undefined ? [] : addedFrom(added)),
    ...(evaluation === undefined ? [] : evaluatedBy(evaluation)),
    ['Read with', readingLine(decoding)],
  ];
  return [
    `${card.title} (${card.name})`,
    '',
    ...columns(facts),
    ...section('Figures', figureRows(figures)),
    ...section('Against real music', evaluation === undefined ? [] : againstReal(card.name, evaluation)),
    ...section('Doubts about the data', training?.doubts ?? []),
    ...section('Weaknesses', weaknesses),
  ].join('\n');
}

const networkOf = ({ kind, width }: Bundle['card']['architecture']): string =>
  `${kind}${width === undefined ? '' : ` of width ${width}`}`;

export const readingLine = (decoding: Bundle['card']['decoding']): string =>
  Object.entries(decoding)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'the defaults';

type Training = NonNullable<Bundle['card']['training']>;
type Added = NonNullable<Bundle['card']['added']>;

function trainedOn(training: Training, keys: Bundle['card']['keys']): readonly (readonly string[])[] {
  const { dataset, command, steps, minutes, hardware, date } = training;
  return [
    ['Trained on', `${dataset.name}, ${dataset.blocks} blocks (${dataset.heldOut} held out)`],
    ['', dataset.source],
    ...(keys === undefined ? [] : [['Keys', keysLine(keys)]]),
    ['Licence', dataset.licence],
    ['Trained by', command],
    ['', `${steps} steps in ${minutes} min on ${hardware}, ${date}`],
  ];
}

const addedFrom = ({ file, date, command, source, licence, changes }: Added): readonly (readonly string[])[] => [
  ['Trained', `elsewhere; how and on what is not known. Added from ${file} on ${date}`],
  ['Source', source],
  ['Licence', licence],
  ['Added by', command],
  ...changes.map((change, i) => [i === 0 ? 'Changed' : '', change]),
];

/** What it draws. */
export function rollLine({ planes: count, roles }: Bundle['card']['architecture']): string {
  if (count === 1) return 'one plane (sounding)';
  return `${count} planes (sounding, onset${roles === undefined ? '' : ' of each role'})`;
}

/** A share below it is left out of the line. */
const LEAST_SHARE = 0.01;

function keysLine(keys: NonNullable<Bundle['card']['keys']>): string {
  if (keys.every(({ move }) => move === 0)) return 'as its songs were written';
  const moves = keys
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share)
    .map(({ move, share }) => `${move > 0 ? '+' : ''}${move} (${Math.round(100 * share)} %)`);
  return `its songs were moved by ${moves.join(', ')} semitones`;
}

type OnCard = NonNullable<Bundle['card']['evaluation']>;

const evaluatedBy = ({ command, blocks, draws, date }: OnCard): readonly (readonly string[])[] => [
  ['Evaluated by', command],
  ['', `${blocks} blocks of each set, ${draws} draws, ${date}`],
];

const againstReal = (name: string, { rows }: OnCard): readonly string[] => [
  ...table([['', name, 'held out', 'bar', ''], ...rows.map(figureRow)]),
  `${barsMet(rows)} bars met.`,
];

function figureRows(figures: Bundle['card']['figures']): readonly string[] {
  const rows = Object.entries(figures).map(([name, { model, trainingSet }]) => [
    name,
    round(model),
    round(trainingSet),
  ]);
  return rows.length === 0 ? [] : columns([['', 'model', 'training set'], ...rows]);
}

const round = (value: number): string => String(Number(value.toPrecision(4)));

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
