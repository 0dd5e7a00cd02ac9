import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { seed } from '#daimon/music/random.js';
import { type Corpus, type CorpusOptions, readCorpus } from '#daimon/training/corpus/corpus.js';
import { mergeRoles } from '#daimon/training/corpus/grid.js';
import { unpackNotes } from '#daimon/training/corpus/planes.js';
import { BAR, type Event, meterEvent, noteEvents, QUARTER, scaleEvents, songBytes } from '../../smf/smf-bytes.js';

const root = mkdtempSync(join(tmpdir(), 'daimon-corpus-'));
after(() => rmSync(root, { recursive: true }));

const OPTIONS: CorpusOptions = {
  roles: ['all'],
  basePitch: 30,
  key: 'common',
  hop: 4,
  drums: false,
  loops: false,
  split: 0,
  seed: seed(1),
};

const SCALE = [60, 62, 64, 65, 67, 69, 71];

function folderOf(name: string, files: Readonly<Record<string, Uint8Array>>): string {
  const folder = join(root, name);
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  return folder;
}

const song = (up: number, ...more: readonly Event[]): Uint8Array =>
  songBytes([
    ...scaleEvents(
      20,
      SCALE.map((pitch) => pitch + up),
    ),
    ...more,
  ]);

const ignore = (): void => {};

test('every onset is in one column of the count, and none is lost', () => {
  const folder = folderOf('counts', {
    'a.mid': songBytes([
      ...scaleEvents(17, SCALE), // a window of 16 bars, and one bar that none takes
      ...noteEvents(0, QUARTER, 36, 9),
      ...noteEvents(0, QUARTER, 0), // a spacer
      ...noteEvents(QUARTER, BAR, 20),
      ...noteEvents(QUARTER, BAR, 120),
      ...noteEvents(1, BAR, 60, 1), // struck by the scale on the same step
      meterEvent(17 * BAR, 3, 2),
      ...noteEvents(18 * BAR, 19 * BAR, 60),
    ]),
  });
  const { header } = readCorpus([folder], OPTIONS, ignore);
  assert.deepEqual(header.onsets, {
    onsets: 4 * 17 + 6,
    drums: 1,
    outside: 3,
    merged: 1,
    otherMeter: 1,
    unused: 4,
    kept: 4 * 16,
    lost: 0,
  });
});

test('taken apart into roles, songs give the same windows, moves and held-out songs, and no onset is lost', () => {
  const up = (by: number): number[] => SCALE.map((pitch) => pitch + by);
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 6; i++) {
    files[`${i}.mid`] = songBytes(scaleEvents(17 + 4 * i, up(i)), [
      ...scaleEvents(20, up(i - 12)),
      // in unison with the tune, too low for the window, and twice on one step
      ...noteEvents(0, BAR, 60 + i),
      ...noteEvents(QUARTER, BAR, 20),
      ...noteEvents(1, BAR, 48 + i),
    ]);
  }
  const folder = folderOf('roles', files);
  const whole = readCorpus([folder], { ...OPTIONS, split: 0.4 }, ignore);
  const apart = readCorpus([folder], { ...OPTIONS, split: 0.4, roles: ['tune', 'bass'] }, ignore);
  const origins = ({ blocks }: Corpus): object[] => blocks.map(({ bits: _, ...origin }) => origin);
  assert.deepEqual(origins(apart), origins(whole));
  assert.equal(unpackNotes(apart.blocks[0].bits, 1, 30).length, 64 + 1);
  apart.blocks.forEach(({ bits }, i) => {
    const roles = [0, 1].map((role) => unpackNotes(bits, role, 30));
    assert.deepEqual(mergeRoles(roles), unpackNotes(whole.blocks[i].bits, 0, 30));
  });
  // the unison is merged in the whole and kept in a role of its own
  assert.equal(whole.header.onsets.merged, 12);
  assert.equal(apart.header.onsets.merged, 6);
  assert.equal(apart.header.onsets.kept, whole.header.onsets.kept + 6);
  for (const { onsets } of [whole.header, apart.header]) assert.equal(onsets.lost, 0);
});

test('a song shorter than a block is counted once, however often it is repeated, and no onset is lost', () => {
  const files: Record<string, Uint8Array> = {};
  for (let bars = 2; bars < 16; bars++) {
    const low = noteEvents((bars - 1) * BAR, bars * BAR + QUARTER, 48);
    files[`${bars}.mid`] = songBytes([...scaleEvents(bars, SCALE), ...noteEvents(1, BAR, 60)], low);
  }
  const { header } = readCorpus(
    [folderOf('verses', files)],
    { ...OPTIONS, roles: ['tune', 'bass'], loops: true },
    ignore,
  );
  assert.equal(header.blocks, 14);
  // 2 + 3 + ... + 15 bars
  const kept = 4 * 119 + 14;
  const none = { drums: 0, outside: 0, otherMeter: 0, unused: 0, lost: 0 };
  assert.deepEqual(header.onsets, { ...none, onsets: kept + 14, merged: 14, kept });
});

test('a broken file is skipped with its reason, and the rest goes on', () => {
  const folder = folderOf('broken', {
    'a.mid': song(0),
    'deep/down/b.MIDI': song(1),
    'c.mid': song(2).slice(0, 100),
    'd.mid': Buffer.from('no song at all'),
    'notes.txt': Buffer.from('not looked at'),
  });
  const seen: string[] = [];
  const { header, skipped } = readCorpus(
    [folder, folder],
    OPTIONS,
    ({ skipped: file }) => file && seen.push(file.name),
  );
  assert.deepEqual(header.files, { read: 2, skipped: 2 });
  assert.deepEqual(
    header.songs.map(({ name }) => name),
    ['broken/a.mid', 'broken/deep/down/b.MIDI'],
  );
  assert.deepEqual(
    skipped.map(({ name }) => name),
    ['broken/c.mid', 'broken/d.mid'],
  );
  assert.deepEqual(seen, ['broken/c.mid', 'broken/d.mid']);
  assert.match(skipped[0].reason, /ends inside a track/);
});

test('in the common key, songs in different keys become the same block', () => {
  const folder = folderOf('keys', { 'a.mid': song(-3), 'b.mid': song(0), 'c.mid': song(4) });
  const { blocks } = readCorpus([folder], OPTIONS, ignore);
  assert.deepEqual(
    blocks.map(({ song: index, transpose }) => [index, transpose]),
    [
      [0, 3],
      [0, 3],
      [1, 0],
      [1, 0],
      [2, -4],
      [2, -4],
    ],
  );
  assert.deepEqual(blocks[0].bits, blocks[2].bits);
  assert.deepEqual(blocks[0].bits, blocks[4].bits);
});

test('all keys give each block twelve times, a semitone apart', () => {
  const folder = folderOf('all-keys', { 'a.mid': song(0) });
  const { blocks, header } = readCorpus([folder], { ...OPTIONS, key: 'all' }, ignore);
  assert.equal(blocks.length, 24);
  assert.equal(header.onsets.onsets, 12 * 80);
  const firstPitches = blocks.filter(({ bar }) => bar === 0).map(({ bits }) => unpackNotes(bits, 0, 30)[0].pitch);
  assert.deepEqual(
    firstPitches,
    Array.from({ length: 12 }, (_, i) => 54 + i),
  );
});

test('a share of the songs is held out, by seed, and a song in another key with its twin', () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 20; i++) files[`song-${i}.mid`] = song(0, ...noteEvents(i * QUARTER, BAR, 48));
  for (let i = 0; i < 10; i++) files[`twin-${i}.mid`] = song(5, ...noteEvents(i * QUARTER, BAR, 53));
  const folder = folderOf('split', files);
  const heldOut = (from: number): string[] => {
    const { header, blocks } = readCorpus([folder], { ...OPTIONS, split: 0.4, seed: seed(from) }, ignore);
    for (const block of blocks) assert.equal(block.heldOut, header.songs[block.song].heldOut);
    return header.songs.filter((entry) => entry.heldOut).map(({ name }) => name.replace('split/', ''));
  };
  const out = heldOut(1);
  assert.equal(out.length, 12);
  assert.deepEqual(out, heldOut(1));
  assert.notDeepEqual(out, heldOut(2));
  for (let i = 0; i < 10; i++) assert.equal(out.includes(`song-${i}.mid`), out.includes(`twin-${i}.mid`));
});

test('folders that give no block say what is missing', () => {
  const made = (name: string, files: Readonly<Record<string, Uint8Array>>) => () =>
    readCorpus([folderOf(name, files)], OPTIONS, ignore);
  assert.throws(made('none', { 'a.txt': new Uint8Array(1) }), /no \.mid or \.midi file/);
  assert.throws(made('short', { 'a.mid': songBytes(scaleEvents(4, SCALE)) }), /16 bars of 4\/4 in a row.*--loops/);
  assert.throws(made('spoilt', { 'a.mid': new Uint8Array(9) }), /None of the 1 MIDI files/);
  assert.throws(() => readCorpus([join(root, 'nowhere')], OPTIONS, ignore), /can't be listed/);
});
