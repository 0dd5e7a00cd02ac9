import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_FILE_BYTES, type MidiFile, readMidi } from '#daimon/smf/midi-file.js';
import {
  chunk,
  headerBytes,
  meterEvent,
  noteEvents,
  QUARTER,
  songBytes,
  trackBytes,
  trackName,
  variableLength,
} from './smf-bytes.js';

const song = (bytes: Uint8Array): MidiFile => {
  const file = readMidi(bytes);
  assert(file.kind === 'song', file.kind === 'broken' ? file.reason : '');
  return file;
};

function refuses(bytes: readonly number[] | Uint8Array, reason: RegExp): void {
  const file = readMidi(Uint8Array.from(bytes));
  assert(file.kind === 'broken');
  assert.match(file.reason, reason);
}

const oneTrack = (body: readonly number[]): number[] => [...headerBytes(0, 1, QUARTER), ...chunk('MTrk', body)];
const END = [0, 0xff, 0x2f, 0];

test('notes of all tracks come back with their ticks and their track, by onset', () => {
  const [melody, late] = [trackName('Melody'), trackName('and no other')];
  const file = song(
    songBytes([meterEvent(0, 3, 2)], [melody, late, ...noteEvents(96, 192, 60)], noteEvents(0, 48, 48, 2)),
  );
  assert.equal(file.ticksPerQuarter, QUARTER);
  assert.deepEqual(file.notes, [
    { onset: 0, end: 48, pitch: 48, channel: 2, track: 2 },
    { onset: 96, end: 192, pitch: 60, channel: 0, track: 1 },
  ]);
  assert.deepEqual(file.tracks, ['', 'Melody', '']);
  assert.deepEqual(file.meters, [{ tick: 0, numerator: 3, denominator: 4 }]);
});

test('a note off closes the oldest open note of its pitch', () => {
  const file = song(songBytes([...noteEvents(0, 100, 60), ...noteEvents(50, 200, 60)]));
  assert.deepEqual(
    file.notes.map(({ onset, end }) => [onset, end]),
    [
      [0, 100],
      [50, 200],
    ],
  );
});

test('a note left open ends with its track', () => {
  const [on] = noteEvents(10, 0, 60);
  const file = song(songBytes([on, [480, 0xff, 0x06, 1, 65]]));
  assert.deepEqual(file.notes, [{ onset: 10, end: 480, pitch: 60, channel: 0, track: 0 }]);
});

test('running status goes on across a meta event', () => {
  const body = [0, 0x90, 60, 64, 10, 60, 0, 0, 0xff, 0x01, 1, 65, 10, 62, 64, 10, 62, 0, ...END];
  assert.deepEqual(
    song(Uint8Array.from(oneTrack(body))).notes.map(({ onset, end, pitch }) => [onset, end, pitch]),
    [
      [0, 10, 60],
      [20, 30, 62],
    ],
  );
});

test('what follows the end of a track is not read', () => {
  const file = song(Uint8Array.from(oneTrack([0, 0x90, 60, 64, 10, 60, 0, ...END, 0, 0x90, 70, 64])));
  assert.equal(file.notes.length, 1);
});

test('a file that is no song says why', () => {
  const track = trackBytes(noteEvents(0, 96, 60));
  refuses([], /it is empty/);
  refuses([...Buffer.from('RIFF, or anything else')], /no MIDI header/);
  refuses(headerBytes(1, 0, QUARTER), /no track/);
  refuses([...headerBytes(0, 1, 0), ...track], /divides the beat by nothing/);
  refuses([...headerBytes(0, 1, 0xe728), ...track], /counts SMPTE frames \(25 a second\)/);
  refuses([...headerBytes(2, 1, QUARTER), ...track], /of type 2/);
  refuses([...headerBytes(7, 1, QUARTER), ...track], /type is none of 0, 1 and 2/);
});

test('a damaged file says what is damaged, and where', () => {
  const whole = [...headerBytes(0, 1, QUARTER), ...trackBytes(noteEvents(0, 96, 60))];
  refuses(whole.slice(0, -6), /ends inside a track \(byte \d+\)/);
  refuses(oneTrack([0, 0x90, 60]), /a track ends inside a message/);
  refuses(oneTrack([0, 0x90, 60, 200, ...END]), /a data byte is above 127 \(byte 25\)/);
  refuses(oneTrack([0, 0xf4, ...END]), /a message that files may not hold/);
  refuses(oneTrack([0xff, 0xff, 0xff, 0xff, 0x7f, 0x90, 60, 64, ...END]), /runs past four bytes/);
});

test('a hostile file is refused by its size, its tracks or its length in time', () => {
  refuses(new Uint8Array(MAX_FILE_BYTES + 1), /larger than 1 MiB/);
  refuses(
    [...headerBytes(1, 300, QUARTER), ...Array.from({ length: 300 }, () => chunk('MTrk', END)).flat()],
    /300 tracks/,
  );
  const far = variableLength(0x0fff_ffff);
  refuses(oneTrack([...far, 0x90, 60, 64, ...far, 60, 0, ...END]), /last note lies 2796203 beats in, more than 20000/);
});

test('random bytes never throw', () => {
  const whole = songBytes([...noteEvents(0, 96, 60), meterEvent(100, 4, 2), ...noteEvents(200, 300, 64)]);
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0x2f, 0x7f, 0x80, 0xf0, 0xff]) {
      const { kind } = readMidi(whole.with(at, value));
      assert(kind === 'song' || kind === 'broken');
      assert(readMidi(whole.slice(0, at)).kind === 'broken');
    }
  }
});
