// Prints docs/presets.md from the table of choices: `node docs/presets.mjs > docs/presets.md`, after a first `npm start`.
import { DECODING } from '../dist/music/decoding.js';
import { FEEL } from '../dist/music/feel.js';
import { DRAWING } from '../dist/music/preset.js';
import { SCALES } from '../dist/music/scale.js';
import { table } from '../scripts/markdown.mjs';

const toml = (text) => `\`\`\`toml\n${text}\n\`\`\``;
const words = (options) => options.map((option) => `\`${option}\``).join(', ');

function range(parameter) {
  switch (parameter.kind) {
    case 'number':
    case 'whole':
      return `${parameter.min} to ${parameter.max}${parameter.unit === undefined ? '' : ` ${parameter.unit}`}`;
    case 'choice':
      return parameter.says === undefined ? words(parameter.options) : parameter.says.replaceAll("'", '`');
    case 'pattern':
      return parameter.says.replaceAll("'", '`');
    case 'list':
      return `${parameter.names.length === 0 ? '' : 'a name, or '}${parameter.least} to ${parameter.most} of ${parameter.min} to ${parameter.max}`;
  }
}

const value = (one) => (typeof one === 'number' ? String(one) : `\`${JSON.stringify(one).replaceAll(',', ', ')}\``);
const rows = (parameters) =>
  Object.entries(parameters).map(([name, one]) => [`\`${name}\``, range(one), value(one.default), one.help]);

const PRESET = [
  ['`title`', '1 to 60 characters', '', 'the name to show; needed'],
  ['`description`', '1 to 200 characters', '', 'the character in a sentence; needed'],
  ['`seed`', '0 to 4294967295', '', "the take's seed; left out, yours to choose"],
  ['`latent`', 'base64', '', 'a latent to play instead of fresh draws, as daimon writes it; for models of its shape'],
  [
    '`hold`',
    'a list of columns, 1 to 8',
    '',
    'the columns of `latent`, of two bars each, that stay, the others being drawn afresh for each block; left out, all of it stays',
  ],
  ['`holdRow`', '`low`, `high`, `both`', '`"both"`', 'the pitches in which they stay'],
  ['`vary`', '0 to 1', '', 'how far what does not stay leaves `latent`: 0 not at all, 1 is a fresh draw'],
  ...rows(DRAWING),
  [
    '`knobs`',
    'a table',
    '',
    "where the model's knobs stand, each -1 to 1, as in `knobs.density = 0.4`; a model that has no such knob plays on without it",
  ],
  ...rows(FEEL),
];

const PAGE = [
  `# Presets

A preset is a text file \`NAME.toml\`, flat: a list of knobs. \`daimon presets\` lists those that are here and says where your own go; \`daimon presets NAME\` shows one.`,
  toml(`title = "Hearth"
description = "Low, close and unhurried."

temperature = 0.6
transpose = -12
swing = 58
swingUnit = 8
humanise = 10`),
  `What a preset leaves out is as the model's card has it, and otherwise as the tables here say. They are printed from the program: \`node docs/presets.mjs > docs/presets.md\`. [endless.md](endless.md) tells of the stream without seams, [knobs.md](knobs.md) of knobs.`,
  table(['key', 'range', 'default', 'what it does'], 'llll', PRESET),
  `## From roll to notes

A model draws probabilities: for each pitch and step, how likely it sounds and how likely a note begins. These keys say how they become notes. Each is a pure choice: on the same block, the same choices give the same notes.`,
  table(['key', 'range', 'default', 'what it does'], 'llll', rows(DECODING)),
  `They act in this order: \`repeats\`; the thresholds, moved by \`density\`; \`scale\` and \`follow\`, which choose pitches anew; \`key\`, \`transpose\`, \`octave\` and the range; channels; \`texture\` and \`voices\`; \`chance\` and \`rests\`; \`legato\`, \`gate\`, \`ratchets\` and velocity; at last the feel. So \`density\` counts the notes before chance and rests thin them.`,
  `## Keys, scales and chords

The shipped models draw in C major or A minor. \`key\` moves what they draw; \`scale\` is built on the key's tonic, and \`scale\` and \`follow\` are of the pitches that are heard. Neither snaps: a pitch that may not sound gives its place to the one near by that the model itself held likeliest there. When notes begin and how long they last stays.

\`follow\` wants chords to be held. At 0.75 the model \`pop\` keeps to them about as far as real songs do, its melody more loosely than what accompanies it (\`npm run bench -- chords ~/midi/pop909\` measures it); at 1 every note is one of the chord that holds for most of its length. A tone of the chord sounds, of the scale or not.`,
  toml(`key = "D minor"
scale = "dorian"
follow = 0.75`),
  table(
    ['scale', 'semitones above the tonic'],
    'll',
    Object.entries(SCALES).map(([name, degrees]) => [`\`${name}\``, degrees.join(' ')]),
  ),
  `Any other is a list: \`scale = [0, 2, 3, 7, 9]\`.`,
  `## Instruments

Each role on its own channel, the third on the drums' one:`,
  toml(`channels = [1, 2, 10]`),
  `A solo line for a lead synthesizer, each note held until the next; and a keyboard split in three:`,
  toml(`texture = "monophonic"
legato = 1.0`),
  toml(`split = "registers"
splitAt = [48, 64]
channels = [1, 2, 3] # above 64, between, below 48`),
  `## Rhythm

Masks are written as drum machines print them, a sign for a step. They begin with the block and repeat, so one of 16 signs is a bar's and one of 3 runs across the bars; spaces are for the eye. Eight notes a bar, breathing on the last beat, with a roll into each half bar, and each fourth bar the same as the third:`,
  toml(`density = 8
rests = ".... .... .... xxxx"
ratchets = ".... ..24"
repeats = "...x"
repeatOf = "bar"`),
];
process.stdout.write(`${PAGE.join('\n\n')}\n`);
