// Prints docs/models.md from the models' cards: `node docs/models.mjs > docs/models.md`, after a first `npm start`.
// The models are those that daimon comes with, or those of a folder: `node docs/models.mjs FOLDER`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { barsMet, figureRow, number } from '../dist/cli/figure-row.js';
import { foundLine, KNOBS_HEADING, knobRow } from '../dist/cli/knobs-table.js';
import { megabytes } from '../dist/cli/model-card.js';
import { DEFAULT_MODEL } from '../dist/cli/play-options.js';
import { listBundles, readKnobs } from '../dist/engine/bundle.js';
import { learnedFrom } from '../dist/engine/card.js';
import { shippedFolder } from '../dist/package.js';
import { list, plain, sentence, shell, table } from '../scripts/markdown.mjs';

const INTRODUCTION = `# The models that daimon comes with

Every word and number here is from the models' cards: \`node docs/models.mjs > docs/models.md\` prints this page, and a test compares the two. \`daimon models NAME\` shows a card with all that it holds, \`daimon start --model NAME\` plays the model. In a clone, \`daimon\` is \`node dist/cli/main.js\`.

[How good is a model?](evaluation.md) says what each figure means. Beside it stands the same figure of real music of the same kind that the model did not learn from, in equal numbers: that, not perfection, is what it is held to.`;

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

const count = (value) => value.toLocaleString('en');
const isDefault = ({ name }) => name === DEFAULT_MODEL;

/** What `npm run samples` made, as far as it is there. */
function samples(name) {
  const has = (file) => existsSync(join(import.meta.dirname, 'models', name, file));
  const link = (text, file) => `[${text}](models/${name}/${file})`;
  const seeds = SEEDS.filter((seed) => has(`seed-${seed}.mid`));
  const heard = [
    ...(has('seeds.ogg') ? [`as ${link('sound', 'seeds.ogg')} (Opus), one after the other`] : []),
    ...(seeds.length > 0 ? [`as MIDI ${seeds.map((seed) => link(seed, `seed-${seed}.mid`)).join(' ')}`] : []),
  ];
  return [
    ...(has('rolls.svg') ? [`!${link(`Blocks drawn by the model ${name} as piano rolls`, 'rolls.svg')}`] : []),
    ...(heard.length > 0 ? [`The blocks of the first seeds, chosen by nobody: ${heard.join('; ')}.`] : []),
  ];
}

/** How it stands against real music; until somebody has looked, its means beside those of what it learned from. */
function figures({ name, evaluation, figures: means }) {
  if (evaluation === undefined && Object.keys(means).length === 0) return ['Not yet held against real music.'];
  if (evaluation === undefined) {
    const rows = Object.entries(means).map(([figure, { model, trainingSet }]) => [
      figure,
      number(model),
      number(trainingSet),
    ]);
    return [
      'Not yet held against real music. Means of its blocks, beside those of the music it learned from:',
      table(['', name, 'learned from'], 'lrr', rows),
    ];
  }
  const { blocks, draws, date, rows } = evaluation;
  const cells = rows.map((one) => figureRow(one).map((cell) => (cell === 'NOT MET' ? '**not met**' : plain(cell))));
  return [
    table(['figure', name, 'real, held out', 'bar', ''], 'lrrll', cells),
    `${barsMet(rows)} bars met, with ${count(blocks)} blocks of each set and ${count(draws)} draws, on ${date}.`,
  ];
}

const KNOB_COLUMNS = [
  'knob',
  '-1 to 1',
  'rho of change',
  'leak of change',
  'rho heard',
  'at -1',
  'at 0',
  'at 1',
  'range',
];

/** What can be turned, and what was tried in vain. */
function turned(knobs) {
  if (knobs === null) return [];
  const places = KNOB_COLUMNS.map((name) => KNOBS_HEADING.indexOf(name));
  const rows = knobs.knobs.map(knobRow).map((row) => places.map((place) => plain(row[place])));
  const refused = knobs.refused.map(({ name }) => name).join(', ');
  return [
    `What of it can be turned, each by [a knob](knobs.md). ${plain(foundLine(knobs))}`,
    table(KNOB_COLUMNS, 'llrrrrrrl', rows),
    ...(refused === '' ? [] : [`Tried, and no knobs: ${refused}. \`daimon models --knobs\` says why.`]),
  ];
}

const played = ({ roles, basePitch }) => {
  const each = roles?.map(({ name, voices }) => `${plain(name)}${voices === 1 ? ', one note at a time' : ''}`);
  return `${each === undefined ? '' : `${each.join('; ')}; `}MIDI pitches ${basePitch} to ${basePitch + 63}`;
};

const data = ({ dataset, doubts }) => [
  ['data', `${plain(dataset.source)}: ${count(dataset.blocks)} blocks, and ${count(dataset.heldOut)} held out`],
  ['their licence', plain(dataset.licence)],
  ...doubts.map((doubt) => ['a doubt', plain(doubt)]),
];

const origin = ({ source, licence, changes }) => [
  ['source', plain(source)],
  ['its licence', plain(licence)],
  ...changes.map((change) => ['changed', plain(change)]),
];

const here = ({ steps, minutes, hardware, seed, date }) =>
  `${count(steps)} steps in ${minutes} minutes on ${plain(hardware)}, seed ${seed}, ${date}`;

const elsewhere = ({ file, date }) => `elsewhere; how and on what is not known. Added from ${plain(file)} on ${date}`;

const facts = ({ card, size }) =>
  table(['', ''], 'll', [
    ...(card.training === undefined ? origin(card.added) : data(card.training)),
    ['plays', played(card.architecture)],
    ['size', megabytes(size)],
    ['training', card.training === undefined ? elsewhere(card.added) : here(card.training)],
  ]);

function again({ training, added, name, evaluation }, knobs) {
  const { command } = training ?? added;
  const made =
    training === undefined
      ? `take the file \`${added.file}\``
      : `make \`${training.dataset.name}\` of its data with [\`daimon data\`](datasets.md)`;
  const same = training === undefined ? '' : ' (on one machine, the same seed gives the same weights)';
  const commands = [command, evaluation?.command, knobs?.found.command, `npm run samples -- ${name}`];
  return [`To have it again, ${made}, and then${same}:`, shell(commands.filter((each) => each !== undefined))];
}

async function section(bundle) {
  const { card } = bundle;
  const { name, title, weaknesses } = card;
  const knobs = await readKnobs(bundle);
  return [
    `## ${name}`,
    `${sentence(plain(title))}${isDefault(card) ? ' It plays where no other model is named.' : ''}`,
    ...samples(name),
    ...figures(card),
    ...turned(knobs),
    ...(weaknesses.length === 0 ? [] : ['Its weaknesses:', list(weaknesses.map(plain))]),
    facts(bundle),
    ...again(card, knobs),
  ];
}

const overview = ({ card, size }) => [
  `[${card.name}](#${card.name})${isDefault(card) ? ', the default' : ''}`,
  plain(card.title),
  plain(learnedFrom(card).licence),
  megabytes(size),
  card.evaluation === undefined ? '' : barsMet(card.evaluation.rows),
];

const found = await listBundles([process.argv[2] ?? shippedFolder('models')]);
for (const { kind, reason } of found) if (kind === 'damaged') throw new Error(reason);
const bundles = found.map(({ bundle }) => bundle).sort((a, b) => isDefault(b.card) - isDefault(a.card));
const heading = ['model', 'what it is', 'licence of its data', 'size', 'bars met'];
const page = [
  INTRODUCTION,
  table(heading, 'lllrl', bundles.map(overview)),
  ...(await Promise.all(bundles.map(section))).flat(),
];
process.stdout.write(`${page.join('\n\n')}\n`);
