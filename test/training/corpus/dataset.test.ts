import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DaimonError } from '#daimon/errors.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, cell } from '#daimon/music/roll.js';
import { step } from '#daimon/music/units.js';
import { type DatasetHeader, openDataset } from '#daimon/training/corpus/dataset.js';
import { type DatasetBlock, writeDataset } from '#daimon/training/corpus/dataset-writer.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { packBlock } from '#daimon/training/corpus/planes.js';
import { NOTHING } from '#daimon/training/corpus/tally.js';

const folder = mkdtempSync(join(tmpdir(), 'daimon-dataset-'));
after(() => rmSync(folder, { recursive: true }));

const BASE = 30;

/** Notes one after the other on random pitches, of random lengths. */
function randomNotes(from: number): GridNote[] {
  const random = randomFrom(seed(from));
  const notes: GridNote[] = [];
  for (let at = 0; at < 250; ) {
    const end = at + 1 + random.below(6);
    notes.push({ onset: step(at), end: step(end), pitch: BASE + random.below(64) });
    at = end;
  }
  return notes;
}

const songs = [0, 1, 2, 3, 4].map(randomNotes);
const blocks: readonly DatasetBlock[] = songs.map((notes, i) => ({
  song: i >> 1,
  bar: 4 * i,
  transpose: i - 6,
  heldOut: i >> 1 === 1,
  bits: packBlock([notes], BASE, 0),
}));

const header: DatasetHeader = {
  format: 'daimon dataset',
  roles: ['all'],
  pitches: 64,
  steps: 256,
  basePitch: BASE,
  key: 'common',
  hop: 4,
  drums: false,
  loops: false,
  split: 0.3,
  seed: 1,
  blocks: blocks.length,
  files: { read: 3, skipped: 0 },
  onsets: NOTHING,
  songs: [
    { name: 'a.mid', heldOut: false },
    { name: 'b.mid', heldOut: true },
    { name: 'c.mid', heldOut: false },
  ],
};

const path = join(folder, 'songs.dmn');
writeDataset(path, header, blocks);

const refusal = (what: RegExp) => (error: unknown) => {
  assert(error instanceof DaimonError);
  assert.equal(error.code, 'dataset');
  assert.match(error.message, what);
  return true;
};

test('a dataset comes back as it was written', () => {
  const dataset = openDataset(path);
  assert.deepEqual(dataset.header, header);
  assert.equal(dataset.count, 5);
  songs.forEach((notes, i) => {
    const { bits: _, ...origin } = blocks[i];
    assert.deepEqual(dataset.origin(i), origin);
    assert.deepEqual(dataset.notes(i), notes);
  });
});

test('held-out blocks and training blocks are all blocks, each once', () => {
  const dataset = openDataset(path);
  assert.deepEqual([...dataset.training], [0, 1, 4]);
  assert.deepEqual([...dataset.heldOut], [2, 3]);
});

test('unpacked planes hold ones where notes sound and begin, whatever was there before', () => {
  const dataset = openDataset(path);
  const planes = new Float32Array(2 * CELLS).fill(7);
  assert.equal(dataset.planes, 2);
  songs.forEach((notes, i) => {
    const expected = { sounding: new Float32Array(CELLS), onset: new Float32Array(CELLS) };
    for (const { onset: from, end, pitch } of notes) {
      expected.onset[cell(pitch - BASE, from)] = 1;
      for (let s: number = from; s < end; s++) expected.sounding[cell(pitch - BASE, s)] = 1;
    }
    dataset.unpack(i, planes);
    assert.deepEqual(planes.subarray(0, CELLS), expected.sounding);
    assert.deepEqual(planes.subarray(CELLS), expected.onset);
  });
});

test('roles come back one by one, and together as if the music had one', () => {
  const path = join(folder, 'band.dmn');
  const bass: GridNote[] = [
    { onset: step(0), end: step(16), pitch: 40 },
    { onset: step(16), end: step(32), pitch: 40 },
  ];
  const tune: GridNote[] = [
    { onset: step(0), end: step(4), pitch: 40 },
    { onset: step(8), end: step(10), pitch: 40 },
    { onset: step(8), end: step(12), pitch: 60 },
  ];
  writeDataset(path, { ...header, roles: ['tune', 'bass'], blocks: 2 }, [
    { ...blocks[0], bits: packBlock([[], []], BASE, 0) },
    { ...blocks[1], bits: packBlock([tune, bass], BASE, 0) },
  ]);
  const dataset = openDataset(path);
  rmSync(path);
  assert.deepEqual([dataset.notesOf(1, 0), dataset.notesOf(1, 1)], [tune, bass]);
  assert.deepEqual(
    dataset.notes(1).map(({ onset, end, pitch }) => [onset, end, pitch]),
    [
      [0, 8, 40],
      [8, 10, 40],
      [8, 12, 60],
      [16, 32, 40],
    ],
  );
  assert.equal(dataset.planes, 4);
  const planes = new Float32Array(4 * CELLS);
  dataset.unpack(1, planes);
  const ones = [0, 1, 2, 3].map((plane) => planes.subarray(plane * CELLS, (plane + 1) * CELLS).reduce((a, b) => a + b));
  assert.deepEqual(ones, [4 + 2 + 4, 3, 32, 2]);
  assert.deepEqual(dataset.notes(0), []);
});

test('nothing is left beside a dataset once it is written', () => {
  assert.deepEqual(readdirSync(folder), ['songs.dmn']);
});

test('a place that cannot be written to is named', () => {
  assert.throws(() => writeDataset(join(path, 'below', 'a-file.dmn'), header, blocks), /songs\.dmn.*--out/);
});

test('a dataset cut short anywhere, or with any byte changed, is refused', () => {
  const whole = readFileSync(path);
  const spoilt = join(folder, 'spoilt.dmn');
  for (let at = 0; at < whole.length; at += 13) {
    writeFileSync(spoilt, whole.subarray(0, at));
    assert.throws(() => openDataset(spoilt), refusal(/is not a dataset of daimon|cut short or damaged/));
    writeFileSync(spoilt, Uint8Array.from(whole).with(at, whole[at] ^ 1));
    assert.throws(() => openDataset(spoilt), refusal(/not a dataset of daimon|of version|cut short or damaged/));
  }
  rmSync(spoilt);
});

test('a header that does not fit its blocks is refused', () => {
  const other = join(folder, 'other.dmn');
  writeDataset(other, { ...header, blocks: 4 }, blocks);
  assert.throws(() => openDataset(other), refusal(/header that does not fit/));
  rmSync(other);
});

test('a missing dataset says how to make one', () => {
  assert.throws(() => openDataset(join(folder, 'none.dmn')), refusal(/make one with 'daimon data'/));
  assert.throws(() => openDataset(folder), refusal(/it is not a file/));
});
