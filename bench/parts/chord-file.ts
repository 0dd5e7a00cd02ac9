import { readFileSync } from 'node:fs';
import type { Chord } from '#daimon/music/chord.js';
import { pitchClassOf } from '#daimon/music/pitch-class.js';
import { STEPS_PER_BLOCK, type Step, step, TICKS_PER_STEP } from '#daimon/music/units.js';

const ROOTS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The qualities that POP909 writes, in semitones above the root. */
const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  maj: [0, 4, 7],
  min: [0, 3, 7],
  dim: [0, 3, 6],
  aug: [0, 4, 8],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  'sus4(b7)': [0, 5, 7, 10],
  7: [0, 4, 7, 10],
  maj6: [0, 4, 7, 9],
  min6: [0, 3, 7, 9],
  maj7: [0, 4, 7, 11],
  min7: [0, 3, 7, 10],
  minmaj7: [0, 3, 7, 11],
  dim7: [0, 3, 6, 9],
  hdim7: [0, 3, 6, 10],
};

/** Each song's chords, by its number, on its own steps and in its own key. */
export function readChords(file: string): ReadonlyMap<string, readonly Chord[]> {
  const songs = new Map<string, Chord[]>();
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [song, start, , name] = line.split('\t');
    const chord = { step: step(Math.round(Number(start) / TICKS_PER_STEP)), pitchClasses: pitchClassesOf(name!) };
    songs.set(song!, [...(songs.get(song!) ?? []), chord]);
  }
  return songs;
}

/** `N` is no chord; `/3` and the like, the bass, is a tone of the chord. */
function pitchClassesOf(name: string): readonly number[] {
  if (name === 'N') return [];
  const [, letter, accidental, quality] = name.match(/^([A-G])([#b]?):([^/]+)/) ?? [];
  const tones = QUALITIES[quality ?? ''];
  if (letter === undefined || tones === undefined) throw new Error(`${name} is no chord that is known here`);
  const root = ROOTS[letter]! + (accidental === '#' ? 1 : accidental === 'b' ? -1 : 0);
  return tones.map((tone) => pitchClassOf(root + tone));
}

/** The chords of a block's length from a step of the song on, moved by semitones; the first may have begun before it. */
export function chordsFrom(chords: readonly Chord[], start: Step, move: number): readonly Chord[] {
  const first = chords.findLastIndex((chord) => chord.step <= start);
  return chords
    .slice(Math.max(first, 0))
    .filter((chord) => chord.step < start + STEPS_PER_BLOCK)
    .map(({ step: at, pitchClasses }) => ({
      step: step(Math.max(at - start, 0)),
      pitchClasses: pitchClasses.map((tone) => pitchClassOf(tone + move)),
    }));
}
