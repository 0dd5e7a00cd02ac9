import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readMidi } from '#daimon/smf/midi-file.js';
import { packBlock, unpackNotes } from '#daimon/training/corpus/planes.js';
import { type Song, songOf } from '#daimon/training/corpus/song.js';
import { summarise } from '#daimon/training/evaluation/feature-table.js';
import { FEATURES, featuresOf } from '#daimon/training/evaluation/features.js';
import { NAMES } from '../../support/reference.js';

/** Made from these songs by the reference evaluation, which is another program in another language: see make.py. */
interface Case {
  readonly file: string;
  readonly drums: boolean;
  readonly hop: number;
  readonly windows: readonly {
    readonly start: number;
    readonly notes: readonly (readonly [onset: number, end: number, pitch: number])[];
    readonly features: Readonly<Record<string, number | null | readonly number[]>>;
  }[];
}

const FOLDER = 'test/fixtures/midi';
const cases: readonly Case[] = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8'));

function songIn({ file, drums, hop }: Case): Song {
  const midi = readMidi(readFileSync(`${FOLDER}/${file}`));
  assert(midi.kind === 'song');
  return songOf(midi, { roles: ['all'], drums, hop, loops: false });
}

function assertNear(values: ArrayLike<number>, reference: readonly number[], what: string): void {
  assert.equal(values.length, reference.length);
  reference.forEach((number, k) => {
    assert(Math.abs(values[k] - number) < 1e-12, `${what}, number ${k}: ${values[k]}, not ${number}`);
  });
}

for (const expected of cases) {
  const what = `${expected.file}${expected.drums ? ' with drums' : ''}, hop ${expected.hop}`;

  test(`${what}: windows and notes are those of the reference evaluation`, () => {
    const found = songIn(expected).windows.map(({ start, roles: [notes] }) => ({
      start: Number(start),
      notes: notes.map(({ onset, end, pitch }) => [Number(onset), Number(end), pitch]),
    }));
    assert.deepEqual(
      found,
      expected.windows.map(({ start, notes }) => ({ start, notes })),
    );
  });

  test(`${what}: features are those of the reference evaluation`, () => {
    songIn(expected).windows.forEach(({ roles: [notes] }, i) => {
      const ours = featuresOf(notes);
      for (const name of FEATURES) {
        const value = ours[name];
        const reference = expected.windows[i].features[NAMES[name]];
        if (typeof value === 'number') assertNear([value], [reference as number], `window ${i}, ${name}`);
        else assertNear(value, reference as readonly number[], `window ${i}, ${name}`);
      }
    });
  });

  test(`${what}: packed and unpacked, the notes inside the pitches are the same`, () => {
    for (const {
      roles: [notes],
    } of songIn(expected).windows) {
      const inside = notes.filter(({ pitch }) => pitch >= 30 && pitch < 94);
      assert(inside.length > 50);
      assert.deepEqual(unpackNotes(packBlock([notes], 30, 0), 0, 30), inside);
    }
  });
}

test('the features of silence are zero, all its bars empty, and its tonal distance undefined', () => {
  const { emptyBarRatio, tonalDistance, ...others } = featuresOf([]);
  assert.equal(emptyBarRatio, 1);
  assert(Number.isNaN(tonalDistance));
  assert(
    Object.values(others).every((value) => (typeof value === 'number' ? [value] : [...value]).every((x) => x === 0)),
  );
});

test('a summary is the mean and the standard deviation of the set', () => {
  const { windows } = songIn(cases[0]);
  const [a, b] = windows.map(({ roles: [notes] }) => featuresOf(notes).notesPerBar);
  const { notesPerBar } = summarise(windows.map(({ roles: [notes] }) => notes));
  assert.equal(windows.length, 2);
  assert.equal(notesPerBar.mean, (a + b) / 2);
  assert(Math.abs(notesPerBar.deviation - Math.abs(a - b) / 2) < 1e-12);
});
