import { BARS_PER_BLOCK, STEPS_PER_BEAT, STEPS_PER_BLOCK } from '../../music/units.js';
import type { Line } from '../corpus/grid.js';
import { mergeRoles } from '../corpus/grid.js';
import { type Features, featuresOf } from '../evaluation/features.js';
import { brightness } from './traits/brightness.js';
import { syncopation } from './traits/syncopation.js';

/** A block as a trait looks at it: its roles, all of them as one, and what an evaluation measures of that. */
export interface Music {
  readonly roles: readonly Line[];
  readonly all: Line;
  readonly features: Features;
}

/** A number that a knob may turn. */
export interface Trait {
  readonly name: string;
  /** What little and much of it sound like. */
  readonly low: string;
  readonly high: string;
  readonly help: string;
  /** What a player looks for first; others stand in where these fail. */
  readonly wanted: boolean;
  /** NaN where it is not defined. */
  of(music: Music): number;
}

export function musicOf(roles: readonly Line[]): Music {
  const all = mergeRoles(roles);
  return { roles, all, features: featuresOf(all) };
}

/** Of the whole block, in the order in which they are wanted. */
const OF_ALL: readonly Trait[] = [
  trait(
    'density',
    'sparse',
    'dense',
    'attacks a bar: steps on which something begins',
    true,
    ({ all }) => attacks(all) / BARS_PER_BLOCK,
  ),
  trait('register', 'low', 'high', 'mean pitch of the notes, MIDI', true, ({ features, all }) =>
    known(all, features.meanPitch),
  ),
  trait('span', 'narrow', 'wide', "standard deviation of the notes' pitches, semitones", true, ({ all }) =>
    deviation(all.map(({ pitch }) => pitch)),
  ),
  trait(
    'length',
    'short notes',
    'long notes',
    'mean length of the notes, in doublings of a sixteenth',
    true,
    ({ all }) => meanLength(all),
  ),
  trait(
    'syncopation',
    'square',
    'syncopated',
    'syncopation of an attack after Longuet-Higgins and Lee, mean',
    true,
    ({ all }) => syncopation(all),
  ),
  trait('offbeat', 'on the beat', 'off the beat', 'share of the notes that begin off the beat', true, ({ all }) =>
    share(all, ({ onset }) => onset % STEPS_PER_BEAT !== 0),
  ),
  trait(
    'polyphony',
    'single notes',
    'chords',
    'notes struck at once, mean over the attacks',
    true,
    ({ all }) => all.length / attacks(all),
  ),
  trait(
    'repetition',
    'ever new',
    'repeating',
    "overlap of each two bars' onsets (Dice), mean",
    true,
    ({ features, all }) => known(all, features.barSelfSimilarity),
  ),
  trait(
    'brightness',
    'minor',
    'major',
    'likeness to a major key, less that to its relative minor (Krumhansl and Kessler)',
    true,
    ({ all }) => brightness(all),
  ),
  trait(
    'fullness',
    'thin',
    'full',
    'pitches that sound at once, mean over the steps that are not silent',
    false,
    ({ all }) => fullness(all),
  ),
  trait('leaps', 'steps', 'leaps', 'semitones from each top note to the next, mean', false, ({ features, all }) =>
    known(all, features.meanInterval),
  ),
  trait('colour', 'plain', 'colourful', 'pitch classes that sound in a bar, mean', false, ({ features, all }) =>
    known(all, features.usedPitchClasses),
  ),
  trait(
    'accidentals',
    'in the scale',
    'out of it',
    'share of the notes outside the major scale that fits best',
    false,
    ({ features, all }) => known(all, 1 - features.scaleConsistency),
  ),
  trait(
    'groove',
    'changing',
    'steady',
    "likeness of neighbouring bars' rhythms (MusPy's groove consistency)",
    false,
    ({ features, all }) => known(all, features.grooveConsistency),
  ),
];

/** Of each role of music that has several. */
const ofRole = (role: string, index: number): readonly Trait[] => {
  const name = (what: string): string => `${slug(role, index)}-${what}`;
  const own = ({ roles }: Music): Line => roles[index];
  return [
    trait(
      name('density'),
      `little ${role}`,
      `much ${role}`,
      `notes a bar of the ${role}`,
      false,
      (music) => own(music).length / BARS_PER_BLOCK,
    ),
    trait(
      name('share'),
      `less ${role}`,
      `more ${role}`,
      `share of all notes that are the ${role}'s`,
      false,
      (music) => own(music).length / music.roles.reduce((sum, line) => sum + line.length, 0),
    ),
    trait(name('register'), `low ${role}`, `high ${role}`, `mean pitch of the ${role}, MIDI`, false, (music) =>
      mean(own(music).map(({ pitch }) => pitch)),
    ),
    trait(
      name('length'),
      `short ${role}`,
      `long ${role}`,
      `mean length of the notes of the ${role}, in doublings of a sixteenth`,
      false,
      (music) => meanLength(own(music)),
    ),
    trait(
      name('leaps'),
      `${role} in steps`,
      `${role} in leaps`,
      `semitones from each note of the ${role} to the next, mean`,
      false,
      (music) => meanLeap(own(music)),
    ),
  ];
};

/** All that a knob is looked for, of music with these roles. */
export const traitsFor = (roles: readonly string[]): readonly Trait[] =>
  roles.length === 1 ? OF_ALL : [...OF_ALL, ...roles.flatMap(ofRole)];

function trait(name: string, low: string, high: string, help: string, wanted: boolean, of: Trait['of']): Trait {
  return { name, low, high, help, wanted, of };
}

/** A role's name as a part of a knob's; its number where it has no letters to make one of. */
function slug(role: string, index: number): string {
  const letters = role
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return letters === '' ? `role-${index + 1}` : letters;
}

/** Features are 0 for a block without notes; a trait is not defined there. */
const known = (all: Line, value: number): number => (all.length === 0 ? Number.NaN : value);

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - centre) ** 2)));
}

const attacks = (line: Line): number => new Set(line.map(({ onset }) => onset)).size;

const share = (line: Line, of: (note: Line[number]) => boolean): number => mean(line.map((note) => (of(note) ? 1 : 0)));

const meanLength = (line: Line): number => mean(line.map(({ onset, end }) => Math.log2(end - onset)));

const meanLeap = (line: Line): number => mean(line.slice(1).map(({ pitch }, i) => Math.abs(pitch - line[i].pitch)));

function fullness(line: Line): number {
  const voices = new Uint8Array(STEPS_PER_BLOCK);
  for (const { onset, end } of line) for (let s: number = onset; s < end; s++) voices[s]++;
  return mean(Array.from(voices).filter((n) => n > 0));
}
