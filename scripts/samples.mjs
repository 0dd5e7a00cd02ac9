// `npm run samples -- MODEL...`: what a model plays from seeds 1 to 8, as MIDI, a picture and sound, in docs/models/MODEL.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { readyForSynthesis } from './debian.mjs';
import { installPackages } from './packages.mjs';

const USAGE = `npm run samples -- MODEL... [options]
  --models-dir FOLDER  look for models in this folder first
  --out FOLDER         where the models' folders go (docs/models)
  --bpm N              the tempo (110)
  --programs N,N       General MIDI programs, 1 to 128, in the order of the model's roles
  --soundfont FILE     what to play with (Debian's FluidR3_GM.sf2)
  --no-audio           MIDI and picture only`;

const say = (sentence) => console.error(`daimon: ${sentence}`);

function refuse(sentence) {
  say(`${sentence}\n${USAGE}`);
  process.exit(2);
}

function given() {
  const text = { type: 'string' };
  const names = { 'models-dir': text, out: text, bpm: text, programs: text, soundfont: text };
  const options = { ...names, 'no-audio': { type: 'boolean', default: false } };
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return refuse(error.message);
  }
}

const { positionals: models, values } = given();
if (models.length === 0) refuse('Name a model, as in npm run samples -- folk.');
const tempo = Number(values.bpm ?? 110);
if (!(tempo >= 20 && tempo <= 300)) refuse(`--bpm ${values.bpm} is not from 20 to 300.`);
const programs = values.programs?.split(',').map(Number) ?? null;
if (programs?.some((program) => !Number.isInteger(program) || program < 1 || program > 128)) {
  refuse(`--programs ${values.programs} are not numbers from 1 to 128.`);
}
const here = process.cwd();
const root = join(import.meta.dirname, '..');
const folderOf = (path) => (path === undefined ? null : resolve(here, path));

process.chdir(root);
installPackages();
build();
const lack = values['no-audio'] || values.soundfont !== undefined ? null : readyForSynthesis();
const { SOUNDFONT } = await import('./samples/sound.mjs');
const { takeSamples } = await import('./samples/take.mjs');
const soundfont = folderOf(values.soundfont) ?? SOUNDFONT;
const mute = lack?.missing ?? (existsSync(soundfont) ? null : `there is no ${soundfont}; name one with --soundfont`);
const hasSound = !values['no-audio'] && mute === null;
try {
  for (const name of models) {
    const folders = { modelsDir: folderOf(values['models-dir']), out: folderOf(values.out) ?? join('docs', 'models') };
    await takeSamples(name, { ...folders, tempo, programs, soundfont: hasSound ? soundfont : null });
  }
  if (!values['no-audio'] && mute !== null) {
    say(`No sound was made: ${mute}.`);
    process.exitCode = 1;
  }
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
