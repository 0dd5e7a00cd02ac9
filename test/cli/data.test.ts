import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDataset } from '#daimon/training/corpus/dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'daimon-data-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'spoilt.mid'), 'MThd, or so it says');

const SONGS = 'test/fixtures/midi';

function data(...args: readonly string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', 'data', ...args], { encoding: 'utf8' });
}

test('folders of songs become a dataset; the broken file is named, and the count adds up', () => {
  const out = join(folder, 'songs.dmn');
  const { status, stdout, stderr } = data(SONGS, folder, '--out', out);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^skipped daimon-data-\w+\/spoilt\.mid: it has no MIDI header$/m);
  assert.match(stdout, / 3 {2}files read\n +1 {2}files skipped\n/);
  assert.match(stdout, / 0 {2}lost inside the pitches and the grid\n/);
  assert.equal(openDataset(out).count, 6);
});

test('a name that would steer the terminal is shown without what steers', () => {
  const hostile = join(folder, 'hostile');
  mkdirSync(hostile);
  writeFileSync(join(hostile, 'red\x1b[31m.mid'), '');
  const { stderr } = data(hostile, '--out', join(folder, 'x.dmn'));
  rmSync(hostile, { recursive: true });
  assert.match(stderr, /^skipped .*red\?\[31m\.mid: it is empty$/m);
});

test('the same songs and seed give the same bytes', () => {
  const [a, b] = [join(folder, 'a.dmn'), join(folder, 'b.dmn')];
  for (const out of [a, b]) assert.equal(data(SONGS, '--out', out, '--split', '0.4').status, 0);
  assert(readFileSync(a).equals(readFileSync(b)));
});

test('--json prints the summary, and nothing else, on stdout', () => {
  const out = join(folder, 'json.dmn');
  const { status, stdout } = data(SONGS, folder, '--out', out, '--json', '--key', 'as-written', '--base', '40');
  assert.equal(status, 0);
  const summary = JSON.parse(stdout);
  assert.equal(summary.blocks, openDataset(out).count);
  assert.equal(summary.onsets.lost, 0);
  assert.equal(summary.skipped.length, 1);
  assert.equal(summary.basePitch, 40);
});

test('--roles keeps parts of the music apart', () => {
  const out = join(folder, 'band.dmn');
  const { status, stdout } = data(SONGS, '--out', out, '--json', '--roles', 'melody, chords');
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).onsets.lost, 0);
  const { header, planes } = openDataset(out);
  assert.deepEqual([header.roles, planes], [['melody', 'chords'], 4]);
});

test('a value that an option may not have is refused with its range', () => {
  for (const [option, value] of [
    ['--base', '65'],
    ['--hop', '0'],
    ['--split', '0.9'],
    ['--key', 'comon'],
    ['--roles', 'a,b,c,d,e'],
    ['--roles', 'melody,Melody'],
    ['--roles', 'melody,'],
  ] as const) {
    const { status, stderr } = data(SONGS, '--out', join(folder, 'x.dmn'), option, value);
    assert.equal(status, 2);
    assert(stderr.includes(option), stderr);
  }
});

test('a folder without songs is an error of one sentence', () => {
  const { status, stderr } = data('test/cli', '--out', join(folder, 'x.dmn'));
  assert.equal(status, 1);
  assert.match(stderr, /^daimon: There is no \.mid or \.midi file in test\/cli; name other folders\.$/m);
});
