import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smfFile } from '../../dist/bridge/recording/smf-file.js';
import { TICKS_PER_BEAT, TICKS_PER_BLOCK } from '../../dist/music/units.js';

/** What Debian's fluid-soundfont-gm installs. */
export const SOUNDFONT = '/usr/share/sounds/sf2/FluidR3_GM.sf2';

/** Between two blocks. */
const SILENCE_SECONDS = 1;
const SAMPLE_RATE = 48_000;
/** Of the soundfont's loudest, so that many notes at once stay below full scale; the peak is raised afterwards. */
const SYNTHESIS_GAIN = 0.2;
const PEAK = 0.9;
/** In mono this is clear enough, and eight blocks at 110 bpm are a megabyte. */
const KILOBITS_PER_SECOND = 26;
const PROGRAM_CHANGE = 0xc0;

/** General MIDI programs, 1 to 128, by the role's name. */
const FLUTE = 74;
const PIANO = 1;
const PROGRAMS = new Map([
  ['melody', FLUTE],
  ['bass', 33],
  ['bridge', 12],
  ['strings', 49],
]);
const ORGAN = 20;
/** Where one of these is, a bass is a voice too. */
const CHOIR = ['soprano', 'alto', 'tenor'];

/** An instrument for each role. Roles that are not known, and music that was not taken apart, are played on a piano. */
export function programsFor(roles) {
  const names = roles.map((role) => role.toLowerCase());
  if (names.some((name) => CHOIR.includes(name))) return names.map(() => ORGAN);
  return names.map((name) => PROGRAMS.get(name) ?? PIANO);
}

/** Blocks one after the other, with a silence after each, as a MIDI file. Notes' channels count the programs. */
export function scoreOf(blocks, programs, tempo) {
  const file = smfFile('daimon');
  const silence = Math.round((SILENCE_SECONDS * tempo * TICKS_PER_BEAT) / 60);
  file.tempo(0, tempo);
  for (const [channel, program] of programs.entries()) file.message(0, PROGRAM_CHANGE | channel, program - 1, 0);
  blocks.forEach((notes, i) => {
    const start = i * (TICKS_PER_BLOCK + silence);
    for (const note of notes) file.note({ ...note, onset: start + note.onset });
  });
  file.lastUntil(blocks.length * (TICKS_PER_BLOCK + silence));
  return file.bytes();
}

/** Plays a score with a soundfont into an Ogg Opus file. `folder` takes what lies between. Throws one sentence. */
export function synthesise(score, soundfont, out, folder) {
  const [midi, raw] = [join(folder, 'score.mid'), join(folder, 'sound.raw')];
  writeFileSync(midi, score);
  const format = ['-T', 'raw', '-O', 's16', '-E', 'little', '-r', String(SAMPLE_RATE)];
  run('fluidsynth', ['-n', '-i', '-q', '-g', String(SYNTHESIS_GAIN), ...format, '-F', raw, soundfont, midi]);
  const input = ['--raw', '--raw-bits', '16', '--raw-rate', String(SAMPLE_RATE), '--raw-chan', '1'];
  // a stream is numbered by chance unless told otherwise
  const ways = [
    '--quiet',
    '--music',
    '--cvbr',
    '--bitrate',
    String(KILOBITS_PER_SECOND),
    '--serial',
    '1',
    '--discard-comments',
  ];
  run('opusenc', [...ways, ...input, '-', out], asLoudAsFits(readFileSync(raw)));
}

/** Stereo samples to mono, the loudest at PEAK. */
function asLoudAsFits(bytes) {
  const stereo = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const mono = Float64Array.from({ length: stereo.length >> 1 }, (_, i) => stereo[2 * i] + stereo[2 * i + 1]);
  const peak = mono.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return Buffer.from(Int16Array.from(mono, (sample) => Math.round((sample * PEAK * 32767) / peak)).buffer);
}

function run(program, args, input) {
  const { error, status, stderr } = spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });
  if (error?.code === 'ENOENT') throw new Error(`there is no ${program} on this machine`);
  if (error !== undefined || status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
}
