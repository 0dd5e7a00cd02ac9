import { AS_DRAWN, KEYS } from './key.js';
import { maskOf } from './mask.js';
import { defaultsOf, type ParameterTable, type Settings } from './parameter.js';
import { MAX_ROLES } from './roll.js';
import { CHROMATIC, SCALE_NAMES } from './scale.js';

/** Every choice of the player about how a roll's probabilities become notes; `decode` says in what order they act. */
export const DECODING = {
  threshold: {
    kind: 'number',
    min: 0.05,
    max: 0.95,
    default: 0.5,
    help: 'how long notes last: a probability of this counts as half a note, so lower is longer',
  },
  onsetThreshold: {
    kind: 'number',
    min: 0.05,
    max: 0.95,
    default: 0.5,
    help: 'how many notes begin: a probability of this counts as half a note, so lower is denser',
  },
  fragmentThreshold: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0.8,
    help: 'how sure the model must be of a strike right after another; lower lets more in',
  },
  density: {
    kind: 'number',
    min: 0,
    max: 64,
    default: 0,
    unit: 'notes a bar',
    help: 'so many notes, whatever the block: `onsetThreshold` is moved until they are, and the surest stay; 0 leaves it where it is',
  },
  emptyBars: {
    kind: 'choice',
    options: ['leave', 'fill'],
    default: 'leave',
    help: 'a bar in which nothing would sound stays empty, or has the notes that are likeliest there; between presets it always has',
  },
  key: {
    kind: 'choice',
    options: KEYS,
    says: "'as drawn', or a tonic and major or minor, such as 'D minor' or 'Bb major'",
    default: AS_DRAWN,
    help: 'moves music in C major or A minor, as the shipped models draw it, to this key, the nearer way',
  },
  scale: {
    kind: 'list',
    least: 1,
    most: 12,
    min: 0,
    max: 11,
    names: SCALE_NAMES,
    default: CHROMATIC,
    help: "only these pitches sound, by name or as semitones above the key's tonic (C without a key)",
  },
  follow: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0,
    help: 'how far notes keep to the chords that are held: at 1 only their tones sound',
  },
  transpose: { kind: 'whole', min: -36, max: 36, default: 0, unit: 'semitones', help: 'added to every pitch' },
  octave: { kind: 'whole', min: -4, max: 4, default: 0, unit: 'octaves', help: 'added to every pitch' },
  lowest: { kind: 'whole', min: 0, max: 127, default: 0, help: 'the lowest pitch that sounds' },
  highest: { kind: 'whole', min: 0, max: 127, default: 127, help: 'the highest pitch that sounds' },
  outside: {
    kind: 'choice',
    options: ['leave out', 'fold'],
    default: 'leave out',
    help: 'a note outside of `lowest` to `highest` is left out, or moved by octaves until it is inside',
  },
  texture: {
    kind: 'choice',
    options: ['polyphonic', 'chordal', 'monophonic'],
    default: 'polyphonic',
    help: 'all notes; only those struck together, as chords that end together; or one at a time on each channel, each until the next',
  },
  voices: { kind: 'whole', min: 1, max: 64, default: 64, help: 'at most so many notes at once; the likeliest stay' },
  channel: { kind: 'whole', min: 1, max: 16, default: 1, help: 'the MIDI channel' },
  split: {
    kind: 'choice',
    options: ['off', 'roles', 'registers', 'parts'],
    default: 'off',
    help: 'channels of their own, from `channel` on, for the roles of the model, for the registers of `splitAt` from the highest down, or for top voice, inner ones and bass',
  },
  channels: {
    kind: 'list',
    least: 0,
    most: MAX_ROLES,
    min: 1,
    max: 16,
    names: [],
    default: [],
    help: 'the channels of these, one by one; without a split, of the roles; for what the list leaves open the line above holds',
  },
  splitAt: {
    kind: 'list',
    least: 1,
    most: MAX_ROLES - 1,
    min: 0,
    max: 127,
    names: [],
    default: [52, 67],
    help: 'the lowest pitch of each register but the lowest',
  },
  velocity: { kind: 'whole', min: 1, max: 127, default: 84, help: 'how loud a middling note off the beat is' },
  accent: { kind: 'whole', min: 0, max: 63, default: 16, help: 'how far likelihood and meter move the velocity' },
  gate: { kind: 'number', min: 0.1, max: 1, default: 1, help: 'the share of its length that a note sounds' },
  legato: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0,
    help: 'how far a note is held on towards the next one on its channel',
  },
  chance: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 1,
    help: 'how likely each note is to be played at all; a take plays the same ones each time',
  },
  repeats: {
    kind: 'pattern',
    shape: maskOf('x1-9'),
    says: "up to 64 of '.', 'x' and digits, such as '...x'",
    default: '',
    help: '`x` plays the beat before once more, a digit the beat that many before, `.` what was drawn: `...x` plays each third beat again as the fourth',
  },
  repeatOf: {
    kind: 'choice',
    options: ['step', 'beat', 'bar'],
    default: 'beat',
    help: 'what `repeats` counts: `..22` of bars plays two bars twice',
  },
  rests: {
    kind: 'pattern',
    shape: maskOf('x'),
    says: "up to 64 of 'x' and '.', such as 'x...x...'",
    default: '',
    help: 'silence on the steps marked `x`: no note begins there, and what sounds ends',
  },
  ratchets: {
    kind: 'pattern',
    shape: maskOf('1-8'),
    says: "up to 64 of '.' and digits from 1 to 8, such as '...2...4'",
    default: '',
    help: 'a note that begins on a step marked with a digit is struck that many times within the step',
  },
} as const satisfies ParameterTable;

/** How a roll's probabilities become notes: a value for each choice. */
export type Decoding = Settings<typeof DECODING>;

export const DEFAULT_DECODING: Decoding = defaultsOf(DECODING);
