/** A model that follows the chords of real songs, beside the songs: npm run bench -- chords POP909 [SONGS] [MODEL] (the folder with mid/ and chords.tsv) */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { modelRoots } from '#daimon/engine/bundle.js';
import { decode } from '#daimon/engine/decode/decode.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { plainDraw } from '#daimon/engine/engine.js';
import type { Chord } from '#daimon/music/chord.js';
import type { Decoding } from '#daimon/music/decoding.js';
import { deriveSeed, type Seed, seed } from '#daimon/music/random.js';
import type { PianoRoll } from '#daimon/music/roll.js';
import { TICKS_PER_STEP } from '#daimon/music/units.js';
import { readMidiFile } from '#daimon/smf/read-file.js';
import { transpositions } from '#daimon/training/corpus/key.js';
import { findMidiFiles } from '#daimon/training/corpus/midi-folder.js';
import { songOf, type Window } from '#daimon/training/corpus/song.js';
import { chordsFrom, readChords } from './parts/chord-file.js';
import { addSums, type HeardNote, type Sums, sumsOf } from './parts/chord-shares.js';
import { printTable } from './parts/figures.js';

const ROLES = ['melody', 'bridge', 'piano'];
const WAYS: Readonly<Record<string, Partial<Decoding>>> = {
  'as drawn': {},
  'follow 0.25': { follow: 0.25 },
  'follow 0.5': { follow: 0.5 },
  'follow 0.75': { follow: 0.75 },
  'follow 0.9': { follow: 0.9 },
  'follow 1': { follow: 1 },
  'and in scale': { follow: 0.75, scale: 'major' },
};

const [folder, songs = '100', model = DEFAULT_MODEL] = process.argv.slice(2);
if (folder === undefined || !existsSync(join(folder, 'chords.tsv'))) {
  console.error('daimon: name the folder of POP909, with chords.tsv in it.');
  process.exit(2);
}

/** Sixteen bars from the middle of a song, moved to C major or A minor as `daimon data` does, and their chords. */
interface Passage {
  readonly chords: readonly Chord[];
  readonly notes: readonly HeardNote[];
}

function passageOf(path: string, chords: readonly Chord[]): Passage | null {
  const file = readMidiFile(path);
  if (file.kind === 'broken') return null;
  const song = songOf(file, { roles: ROLES, hop: 4, drums: false, loops: false });
  const window = song.windows[song.windows.length >> 1];
  if (window === undefined) return null;
  const move = transpositions('common', song.notes)[0]!;
  const inside = chordsFrom(chords, window.start, move);
  return inside.length < 4 ? null : { chords: inside, notes: heardIn(window, move) };
}

const heardIn = ({ roles }: Window, move: number): HeardNote[] =>
  roles.flatMap((line, role) =>
    line.map(({ onset, end, pitch }) => ({ start: onset, length: end - onset, pitch: pitch + move, role })),
  );

const played = (roll: PianoRoll, decoding: Decoding, of: Seed, chords: readonly Chord[]): HeardNote[] =>
  decode(roll, { ...decoding, split: 'roles' }, { seed: of, chords }).map(({ onset, duration, pitch, channel }) => ({
    start: onset / TICKS_PER_STEP,
    length: duration / TICKS_PER_STEP,
    pitch,
    role: channel,
  }));

/** What snapping would do: each note to the nearest tone of the chord, of equals the lower, whatever the roll says. */
function snapped(notes: readonly HeardNote[], chords: readonly Chord[]): HeardNote[] {
  return notes.map((note) => {
    const tones = chords.findLast(({ step }) => step <= note.start)?.pitchClasses ?? [];
    const away = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6].find((by) =>
      tones.includes((note.pitch + by + 12) % 12),
    );
    return { ...note, pitch: note.pitch + (away ?? 0) };
  });
}

const chordsOf = readChords(join(folder, 'chords.tsv'));
const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
const totals = new Map<string, Sums>();
const count = (name: string, sums: Sums): void => {
  totals.set(name, addSums(totals.get(name) ?? {}, sums));
};
let passages = 0;
for (const { path } of findMidiFiles([join(folder, 'mid')])) {
  if (passages >= Number(songs)) break;
  const song = /(\d+)\.mid$/.exec(path)?.[1];
  const passage = passageOf(path, chordsOf.get(song ?? '') ?? []);
  if (passage === null) continue;
  passages++;
  count('real songs', sumsOf(passage.notes, passage.chords, null));
  const of = deriveSeed(seed(1), passages);
  const { decoding } = drawer.info;
  const { roll } = await drawer.draw(plainDraw(of, decoding));
  const before = played(roll, decoding, of, passage.chords);
  const starts = new Set(before.map(({ start, role }) => start * 8 + role));
  for (const [name, choices] of Object.entries(WAYS)) {
    const notes = played(roll, { ...decoding, ...choices }, of, passage.chords);
    const kept = new Set(notes.map(({ start, role }) => start * 8 + role));
    const same = [...starts].filter((one) => kept.has(one)).length;
    count(name, { ...sumsOf(notes, passage.chords, roll), kept: [same, starts.size] });
  }
  count('snapped', { ...sumsOf(snapped(before, passage.chords), passage.chords, roll), kept: [1, 1] });
}
await drawer.close();

const share = (pair: readonly [number, number] | undefined): string =>
  pair === undefined || pair[1] === 0 ? '-' : `${((100 * pair[0]) / pair[1]).toFixed(1)} %`;
const mean = (pair: readonly [number, number] | undefined, digits: number): string =>
  pair === undefined || pair[1] === 0 ? '-' : (pair[0] / pair[1]).toFixed(digits);
const COLUMNS: readonly (readonly [string, (sums: Sums) => string])[] = [
  ['in chord', ({ inChord }) => share(inChord)],
  ['melody', ({ melody }) => share(melody)],
  ['its beats', ({ beats }) => share(beats)],
  ['of time', ({ time }) => share(time)],
  ['in scale', ({ inScale }) => share(inScale)],
  ['probability', ({ own }) => mean(own, 3)],
  ['top leaps', ({ top }) => mean(top, 2)],
  ['melody leaps', ({ leaps }) => mean(leaps, 2)],
  ['notes a bar', ({ notes }) => mean(notes, 2)],
  ['onsets kept', ({ kept }) => share(kept)],
];
console.log(`${passages} songs of 16 bars, and as many blocks of "${model}" that follow their chords\n`);
printTable(
  ['', ...COLUMNS.map(([name]) => name)],
  [...totals].map(([name, sums]) => [name, ...COLUMNS.map(([, of]) => of(sums))]),
);
