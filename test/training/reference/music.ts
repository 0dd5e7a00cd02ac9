import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { BAR, type Event, noteEvents, QUARTER, songBytes } from '../../smf/smf-bytes.js';

/** Songs and blocks that repeat themselves and each other, in other keys and with notes changed, as real ones do. */

interface Written {
  readonly step: number;
  readonly length: number;
  readonly pitch: number;
}
type Bar = readonly Written[];

const STEP = QUARTER / 4;
const SCALE = [0, 2, 4, 5, 7, 9, 11];

/** A melody over a chord whose notes end one after the other. */
function bar(random: Random): Bar {
  const degree = random.below(7);
  const chord = [0, 2, 4].map((third) => ({
    step: 8 * random.below(2),
    length: 1 + random.below(16),
    pitch: 48 + pitchOf(degree + third),
  }));
  const melody = Array.from({ length: 2 + random.below(6) }, () => ({
    step: random.below(16),
    length: 1 + random.below(6),
    pitch: 64 + pitchOf(random.below(14)) + (random.below(8) === 0 ? 1 : 0),
  }));
  return [...melody, ...chord];
}

const pitchOf = (degree: number): number => 12 * Math.floor(degree / 7) + SCALE[degree % 7];

/** The bar in another key, and now and then with a note moved. */
const varied = (notes: Bar, up: number, random: Random): Bar =>
  notes.map((note) => ({ ...note, pitch: note.pitch + up + (random.below(40) === 0 ? 1 : 0) }));

const phrase = (stock: readonly Bar[], bars: number, random: Random): readonly Bar[] => {
  const first = random.below(stock.length);
  return Array.from({ length: bars }, (_, i) => (random.below(10) === 0 ? [] : stock[(first + i) % stock.length]));
};

const events = (bars: readonly Bar[]): Event[] =>
  bars.flatMap((notes, i) =>
    notes.flatMap(({ step, length, pitch }) =>
      noteEvents(i * BAR + step * STEP, i * BAR + (step + length) * STEP, pitch),
    ),
  );

function write(folder: string, name: string, bars: readonly Bar[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.mid`), songBytes(events(bars)));
}

/** Fills `songs`, `held-out` and `drawn` below a folder. */
export function writeMusic(folder: string): void {
  const random = randomFrom(seed(11));
  const stock = Array.from({ length: 40 }, () => bar(random));
  const song = (): readonly Bar[] => {
    const up = random.below(12) - 6;
    return phrase(stock, 17 + random.below(24), random).map((notes) => varied(notes, up, random));
  };
  for (let i = 0; i < 14; i++) write(join(folder, 'songs'), `song-${i}`, song());
  for (let i = 0; i < 7; i++) write(join(folder, 'held-out'), `song-${i}`, song());
  // a figure that comes more often than a window is compared with passages
  write(
    join(folder, 'songs'),
    'ostinato',
    Array.from({ length: 2200 }, (_, i) => [...figure(0), ...(i % 9 === 0 ? stock[i % 40] : [])]),
  );
  for (let i = 0; i < 24; i++) {
    const up = random.below(12) - 6;
    const fresh = bar(random);
    const bars = phrase(stock, 16, random).map((notes) => varied(random.below(3) === 0 ? fresh : notes, up, random));
    write(join(folder, 'drawn'), `block-${i}`, bars);
  }
  write(join(folder, 'drawn'), 'silence', []);
  write(join(folder, 'drawn'), 'one-note', [[], [{ step: 3, length: 5, pitch: 60 }]]);
  write(
    join(folder, 'drawn'),
    'one-voice',
    Array.from({ length: 16 }, (_, i) => figure(i % 5)),
  );
  write(join(folder, 'drawn'), 'long', phrase(stock, 40, random));
  writeFileSync(join(folder, 'drawn', 'broken.mid'), 'not music');
}

const figure = (up: number): Bar =>
  [0, 4, 7, 12].map((pitch, i) => ({ step: 4 * i, length: 2, pitch: 60 + up + pitch }));
