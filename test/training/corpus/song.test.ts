import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMidi } from '#daimon/training/corpus/midi-file.js';
import { packBlock, unpackPlanes } from '#daimon/training/corpus/planes.js';
import { type Song, type SongOptions, songOf } from '#daimon/training/corpus/song.js';
import { BAR, type Event, meterEvent, noteEvents, QUARTER, scaleEvents, songBytes } from './smf-bytes.js';

const STEP = QUARTER / 4;
const AS_USUAL: SongOptions = { hop: 4, drums: false, loops: false };

function songWith(events: readonly Event[], options: SongOptions = AS_USUAL): Song {
  const file = readMidi(songBytes(events));
  assert(file.kind === 'song');
  return songOf(file, options);
}

/** Notes as [onset step, end step, pitch]. */
const listed = (song: Song): number[][] => song.notes.map(({ onset, end, pitch }) => [onset, end, pitch]);

test('an onset half way between two steps goes to the later one', () => {
  const song = songWith([...noteEvents(STEP / 2 - 1, STEP, 60), ...noteEvents(STEP / 2, 3 * STEP, 62)]);
  assert.deepEqual(listed(song), [
    [0, 1, 60],
    [1, 3, 62],
  ]);
});

test('a note shorter than a step lasts one', () => {
  assert.deepEqual(listed(songWith(noteEvents(STEP, STEP + 1, 60))), [[1, 2, 60]]);
});

test('a note is cut where its pitch is struck again', () => {
  assert.deepEqual(listed(songWith([...noteEvents(0, 8 * STEP, 60), ...noteEvents(3 * STEP, 4 * STEP, 60)])), [
    [0, 3, 60],
    [3, 8, 60],
  ]);
});

test('one pitch twice on a step is one note, the longer, and counted as merged', () => {
  const song = songWith([...noteEvents(0, 2 * STEP, 60), ...noteEvents(1, 6 * STEP, 60, 3)]);
  assert.deepEqual(listed(song), [[0, 6, 60]]);
  assert.equal(song.merged[60], 1);
  assert.equal(song.struck[60], 2);
});

test('two touching notes stay two in the onset plane and touch in the sounding plane', () => {
  const song = songWith([...noteEvents(0, 4 * STEP, 60), ...noteEvents(4 * STEP, 8 * STEP, 60)]);
  const [sounding, onset] = [new Float32Array(64 * 256), new Float32Array(64 * 256)];
  unpackPlanes(packBlock(song.notes, 30, 0), sounding, onset);
  const row = (plane: Float32Array): number[] => [...plane.subarray(30 * 256, 30 * 256 + 10)];
  assert.deepEqual(row(sounding), [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  assert.deepEqual(row(onset), [1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
});

test('drums are left out unless asked for', () => {
  const events = [...scaleEvents(16, [60]), ...noteEvents(0, STEP, 36, 9)];
  assert.equal(songWith(events).drums, 1);
  assert.equal(songWith(events).notes.length, 64);
  assert.equal(songWith(events, { ...AS_USUAL, drums: true }).notes.length, 65);
});

test('windows begin on bar lines, a hop apart, as long as 16 bars are left', () => {
  const starts = (bars: number, hop: number): number[] =>
    songWith(scaleEvents(bars, [60]), { ...AS_USUAL, hop }).windows.map(({ start }) => start / 16);
  assert.deepEqual(starts(15, 4), []);
  assert.deepEqual(starts(16, 4), [0]);
  assert.deepEqual(starts(25, 4), [0, 4, 8]);
  assert.deepEqual(starts(18, 1), [0, 1, 2]);
});

test('a window needs an onset in half of its bars', () => {
  const last = noteEvents(15 * BAR, 16 * BAR, 60);
  assert.equal(songWith([...scaleEvents(7, [60]), ...last]).windows.length, 1);
  assert.equal(songWith([...scaleEvents(6, [60]), ...last]).windows.length, 0);
});

test('bars of another meter end a run, and 2/2 counts as 4/4', () => {
  const music = scaleEvents(50, [60]);
  const runs = (...meters: readonly Event[]) =>
    songWith([...meters, ...music]).runs.map(({ start, bars }) => [start / 16, bars]);
  assert.deepEqual(runs(), [[0, 50]]);
  assert.deepEqual(runs(meterEvent(10 * BAR, 2, 1)), [[0, 50]]);
  assert.deepEqual(runs(meterEvent(20 * BAR, 3, 2)), [[0, 20]]);
  assert.deepEqual(runs(meterEvent(0, 3, 2), meterEvent(3 * BAR, 4, 2)), [[3, 47]]);
  // a change in the middle of the eleventh bar
  assert.deepEqual(runs(meterEvent(10.5 * BAR, 4, 2)), [
    [0, 10],
    [10.5, 40],
  ]);
});

test('a meter of no length ends a run and does not hang', () => {
  const runs = songWith([...scaleEvents(20, [60]), meterEvent(16 * BAR, 0, 2), meterEvent(17 * BAR, 4, 255)]).runs;
  assert.deepEqual(
    runs.map(({ bars }) => bars),
    [16],
  );
});

test('a loop of 4 bars fills a block when asked for, each time with the same notes', () => {
  assert.equal(songWith(scaleEvents(4, [60, 64, 67])).windows.length, 0);
  const [window, ...others] = songWith(scaleEvents(4, [60, 64, 67]), { ...AS_USUAL, loops: true }).windows;
  assert.equal(others.length, 0);
  assert.equal(window.notes.length, 64);
  for (let i = 16; i < 64; i++) assert.equal(window.notes[i].pitch, window.notes[i - 16].pitch);
  assert.deepEqual(window.notes.at(-1), { onset: 252, end: 256, pitch: window.notes[15].pitch });
});

test('a song of three bars is no loop', () => {
  assert.equal(songWith(scaleEvents(3, [60]), { ...AS_USUAL, loops: true }).windows.length, 0);
});
