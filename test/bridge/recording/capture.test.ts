import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { newCapture, writeCapture } from '#daimon/bridge/recording/capture.js';
import { WINDOW_BARS } from '#daimon/bridge/recording/score-window.js';
import { type Listener, newScribe, toAll } from '#daimon/bridge/recording/scribe.js';
import { smfFile } from '#daimon/bridge/recording/smf-file.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { bpm, millis, tick } from '#daimon/music/units.js';
import { type Epoch, FIRST_EPOCH } from '#daimon/transport/edge.js';
import { inFolder } from '../../support/program.js';
import { notesOf, readSmf, textsOf } from '../../support/smf.js';
import { blockOf, preset } from '../../transport/stage.js';

const BAR = 1920;

/** What a recorder writes, without a file. */
function recorder() {
  const file = smfFile('daimon');
  const scribe = newScribe(file);
  return {
    ...scribe,
    bytes: (): Uint8Array => {
      scribe.settle();
      for (const note of scribe.sounding(null)) file.note(note);
      return file.bytes();
    },
  };
}

/** A song that is played at 120 BPM: notes as they come, blocks, jumps, stops. */
class Song {
  readonly listeners: Listener[];
  readonly #random: Random;
  readonly #sounding = new Map<number, number>();
  at = 0;
  epoch = FIRST_EPOCH;
  isPlaying = false;

  constructor(random: Random, ...listeners: Listener[]) {
    this.#random = random;
    this.listeners = listeners;
  }

  get #all(): Listener {
    return toAll(this.listeners);
  }

  play(at: number): void {
    const from = this.at;
    this.at = at;
    this.isPlaying = true;
    this.#all.moved({ kind: 'play', tick: tick(at) }, tick(from), this.epoch);
    this.#all.tempo(bpm(120), tick(at), this.epoch);
    this.block();
  }

  block(): void {
    const block = blockOf(seed(this.#random.below(1000)));
    const place = { index: 0, start: tick(0), from: tick(this.at), repeated: false };
    this.#all.blockStarted({ block, preset, ...place }, this.epoch);
  }

  /** Some ticks go by, with a few notes of two channels, most of them in these ticks, others held on. */
  go(ticks: number): void {
    for (const end = this.at + ticks; this.at < end; this.at += 120) {
      for (const [voice, until] of this.#sounding) if (until <= this.at) this.#send(0x80, voice, this.at);
      const voice = this.#random.below(2) * 128 + 50 + this.#random.below(6);
      if (this.#random.below(3) > 0 && !this.#sounding.has(voice)) {
        this.#send(0x90, voice, this.at);
        this.#sounding.set(voice, this.at + 60 * (1 + this.#random.below(20)));
      }
      if (this.#random.below(40) === 0) this.#send(0xb0, 7, this.at);
    }
  }

  jump(to: number): void {
    this.#all.moved({ kind: 'jump', tick: tick(to) }, tick(this.at), this.#release());
    this.at = to;
  }

  stop(): void {
    this.isPlaying = false;
    this.#all.moved({ kind: 'stop' }, tick(this.at), this.#release());
  }

  /** Ends what sounds, under the epoch that ends here. */
  #release(): Epoch {
    for (const voice of [...this.#sounding.keys()]) this.#send(0x80, voice, this.at);
    this.epoch = (this.epoch + 1) as Epoch;
    return this.epoch;
  }

  #send(command: number, voice: number, at: number): void {
    if (command === 0x80) this.#sounding.delete(voice);
    const edge = { tick: tick(at), status: command | (voice >> 7), data1: voice & 127, data2: 80 };
    this.#all.sent({ edge, epoch: this.epoch, tick: tick(at + 0.7), time: millis(0), late: millis(0.7) });
  }
}

const played = (bytes: Uint8Array) => {
  const smf = readSmf(bytes);
  const events = smf.tracks.map((track) => track.map((event) => JSON.stringify(event)).sort());
  return { notes: notesOf(smf), markers: textsOf(smf, 6), events };
};

it('what is captured is to the byte what a recording of it would be, wherever it is taken, after any jumps', () => {
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const [capture, record] = [newCapture(), recorder()];
    const song = new Song(random, capture, record);
    song.play(random.below(20) * 480);
    for (let i = 0; i < 6; i++) {
      song.go(120 * (1 + random.below(100)));
      if (random.below(2) === 0) song.block();
      if (random.below(3) === 0) song.jump(random.below(40) * 480);
    }
    const taken = capture.take(null, tick(song.at), song.epoch);
    const again = capture.take(null, tick(song.at), song.epoch);
    assert.deepEqual(again, taken, 'to take it changes nothing');
    song.stop();
    const recorded = record.bytes();
    assert.ok(Buffer.from(taken.bytes).equals(recorded), `trial ${trial}`);
    assert.equal(taken.notes, played(recorded).notes.length);
    assert.deepEqual(capture.take(null, tick(0), song.epoch).bytes, taken.bytes, 'it is still there after the stop');
  }
});

it('after a stop it is what was played since, as a recording that began there has it', () => {
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const capture = newCapture();
    const song = new Song(random, capture);
    song.play(0);
    song.go(120 * (20 + random.below(100)));
    // what overhangs a bar line by a step shares the step with what follows
    if (song.at % BAR === 120) song.go(120);
    song.stop();
    const record = recorder();
    song.listeners.push(record);
    song.play(random.below(2) === 0 ? song.at : random.below(50) * 480);
    song.go(120 * (20 + random.below(100)));
    const taken = capture.take(null, tick(song.at), song.epoch);
    song.stop();
    assert.deepEqual(played(taken.bytes), played(record.bytes()), `trial ${trial}`);
  }
});

it('the last bars are those of the whole, from a bar line on, with the tempo and the block that hold there', () => {
  const random = randomFrom(seed(9));
  const capture = newCapture();
  const song = new Song(random, capture);
  song.play(0);
  song.go(16 * BAR);
  song.block();
  song.go(6 * BAR + 480);
  const whole = played(capture.take(null, tick(song.at), song.epoch).bytes);
  const last = capture.take(4, tick(song.at), song.epoch);
  const [cut, part] = [19 * BAR, played(last.bytes)];
  assert.equal(last.bars, 4);
  const later = whole.notes.filter(({ on }) => on >= cut);
  assert.deepEqual(
    part.notes,
    later.map((note) => ({ ...note, on: note.on - cut, off: note.off - cut })),
  );
  assert.deepEqual(part.markers, [{ tick: 0, text: whole.markers[1].text }]);
  assert.ok(part.events[0].some((event) => event.includes('"tick":0') && event.includes('"type":81')));
});

it('it keeps its last bars and no more, however long the song', () => {
  const random = randomFrom(seed(2));
  const capture = newCapture();
  const song = new Song(random, capture);
  song.play(0);
  for (let block = 0; block < 20; block++) {
    song.go(16 * BAR);
    song.block();
  }
  const taken = capture.take(null, tick(song.at), song.epoch);
  assert.equal(taken.bars, WINDOW_BARS);
  assert.ok(played(taken.bytes).notes[0].on < BAR);
});

it('where nothing was heard, nothing is captured', () => {
  const capture = newCapture();
  const refused = { name: 'DaimonError', code: 'history' };
  assert.throws(() => capture.take(null, tick(0), FIRST_EPOCH), refused);
  const song = new Song(randomFrom(seed(1)), capture);
  song.play(0);
  song.go(2 * BAR);
  song.stop();
  assert.ok(capture.take(4, tick(90 * BAR), song.epoch).notes > 0, 'wherever the cursor is by now');
});

it('a file is named by its date and time, and takes the place of no other', () =>
  inFolder(async (folder) => {
    const date = new Date(2026, 0, 5, 9, 4, 7);
    const paths = [1, 2, 3].map((byte) => writeCapture(Uint8Array.of(byte), date, join(folder, 'captures')));
    const names = (await Promise.all(paths)).map((path) => path.slice(folder.length + 1 + 'captures/'.length)).sort();
    assert.deepEqual(names, ['2026-01-05 09.04.07-2.mid', '2026-01-05 09.04.07-3.mid', '2026-01-05 09.04.07.mid']);
    const all = await readdir(join(folder, 'captures'));
    const bytes = await Promise.all(all.map(async (name) => (await readFile(join(folder, 'captures', name)))[0]));
    assert.deepEqual(bytes.sort(), [1, 2, 3]);
  }));
