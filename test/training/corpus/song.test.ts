import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMidi } from '#daimon/smf/midi-file.js';
import { mergeRoles } from '#daimon/training/corpus/grid.js';
import { packBlock, unpackPlanes } from '#daimon/training/corpus/planes.js';
import { type Song, type SongOptions, songOf } from '#daimon/training/corpus/song.js';
import { BAR, type Event, meterEvent, noteEvents, QUARTER, scaleEvents, songBytes } from '../../smf/smf-bytes.js';

const STEP = QUARTER / 4;
const AS_USUAL: SongOptions = { roles: ['all'], hop: 4, drums: false, loops: false };

const songWith = (events: readonly Event[], options: SongOptions = AS_USUAL): Song => songWithTracks([events], options);

function songWithTracks(tracks: readonly (readonly Event[])[], options: SongOptions): Song {
  const file = readMidi(songBytes(...tracks));
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
  const planes = new Float32Array(2 * 64 * 256);
  unpackPlanes(packBlock(song.roles, 30, 0), planes);
  const row = (plane: number): number[] => [...planes.subarray((plane * 64 + 30) * 256).subarray(0, 10)];
  assert.deepEqual(row(0), [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  assert.deepEqual(row(1), [1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
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
  assert.equal(window.roles[0].length, 64);
  for (let i = 16; i < 64; i++) assert.equal(window.roles[0][i].pitch, window.roles[0][i - 16].pitch);
  assert.deepEqual(window.roles[0].at(-1), { onset: 252, end: 256, pitch: window.roles[0][15].pitch });
});

const starts = ({ windows }: Song): number[] => windows[0].roles[0].map(({ onset }) => onset);

test('a song of seven bars is sung again from its start on each seventh bar line, and cut at the sixteenth', () => {
  const events = [...scaleEvents(7, [60]), ...noteEvents(BAR, 3 * BAR, 72)];
  const { windows } = songWith(events, { ...AS_USUAL, loops: true });
  assert.equal(windows.length, 1);
  const [{ span, roles }] = windows;
  assert.equal(span, 7 * 16);
  assert.equal(roles[0].filter(({ pitch }) => pitch === 60).length, 4 * 16);
  assert.deepEqual(
    roles[0].filter(({ pitch }) => pitch === 72).map(({ onset, end }) => [onset, end]),
    [
      [16, 48],
      [128, 160],
      // of two bars, one is left
      [240, 256],
    ],
  );
});

test('a last bar that the music does not fill is a whole bar, and the next verse waits for it', () => {
  const chorale = [...scaleEvents(9, [60]), ...noteEvents(9 * BAR, 9 * BAR + QUARTER, 48)];
  const song = songWith(chorale, { ...AS_USUAL, loops: true });
  assert.equal(song.windows[0].span, 10 * 16);
  assert.deepEqual(
    starts(song).filter((onset) => onset >= 140 && onset < 170),
    [140, 144, 160, 164, 168],
  );
});

test('loops are of 2 to 15 bars, in one run that holds all notes; longer songs are cut as before', () => {
  const looped = (bars: number, ...more: readonly Event[]): number[] =>
    songWith([...scaleEvents(bars, [60]), ...more], { ...AS_USUAL, loops: true }).windows.map(({ span }) => span / 16);
  assert.deepEqual(looped(1), []);
  assert.deepEqual(looped(2), [2]);
  assert.deepEqual(looped(15), [15]);
  assert.deepEqual(looped(21), [16, 16]);
  assert.deepEqual(looped(9, meterEvent(7 * BAR, 3, 2)), []);
  assert.deepEqual(looped(9, meterEvent(4 * BAR, 3, 2), meterEvent(5 * BAR - QUARTER, 4, 2)), []);
});

test('drums alone make no loop of rests', () => {
  const beat = Array.from({ length: 4 }, (_, bar) => noteEvents(bar * BAR, bar * BAR + QUARTER, 36, 9)).flat();
  assert.deepEqual(songWith(beat, { ...AS_USUAL, loops: true }).windows, []);
});

const BAND: SongOptions = { ...AS_USUAL, roles: ['melody', 'chords'] };
const TUNE = [...noteEvents(0, 4 * STEP, 60), ...noteEvents(4 * STEP, 6 * STEP, 60)];
const HELD = [...noteEvents(0, 8 * STEP, 60), ...noteEvents(2 * STEP, 4 * STEP, 48)];

test('two roles hold the same pitch at once, each cut by its own notes only', () => {
  const { roles, merged } = songWithTracks([TUNE, HELD], BAND);
  assert.deepEqual(
    roles.map((role) => role.map(({ onset, end, pitch }) => [onset, end, pitch])),
    [
      [
        [0, 4, 60],
        [4, 6, 60],
      ],
      [
        [0, 8, 60],
        [2, 4, 48],
      ],
    ],
  );
  assert.equal(merged[60], 0);
});

test('all roles together are the song that was not taken apart', () => {
  const tracks = [TUNE, HELD, ...[50, 55].map((pitch) => scaleEvents(20, [pitch, 60, 48]))];
  const apart = songWithTracks(tracks, { ...BAND, roles: ['a', 'b', 'c', 'd'] });
  const whole = songWithTracks(tracks, AS_USUAL);
  assert.deepEqual(apart.notes, whole.notes);
  assert.deepEqual(
    apart.windows.map(({ start, roles }) => ({ start, roles: [mergeRoles(roles)] })),
    whole.windows.map(({ start, roles }) => ({ start, roles })),
  );
});

test('half full is what all roles together fill, and a silent role stays silent', () => {
  const [low, high] = [scaleEvents(4, [48]), noteEvents(15 * BAR, 16 * BAR, 72)];
  const middle = [4, 5, 6].flatMap((bar) => noteEvents(bar * BAR, bar * BAR + QUARTER, 60));
  const { windows } = songWithTracks([low, [...middle, ...high]], BAND);
  assert.equal(windows.length, 1);
  assert.deepEqual(
    windows[0].roles.map(({ length }) => length),
    [16, 4],
  );
  assert.deepEqual(songWithTracks([scaleEvents(20, [60])], BAND).windows[0].roles[1], []);
});
