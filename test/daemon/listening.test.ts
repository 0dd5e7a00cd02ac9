import assert from 'node:assert/strict';
import { beforeEach, it } from 'node:test';
import { type Listening, newListening } from '#daimon/daemon/listening.js';
import { type Millis, millis, tick } from '#daimon/music/units.js';

const chords: (readonly number[])[] = [];
let due: (() => void) | null;
let time: number;
let listening: Listening;

beforeEach(() => {
  chords.length = 0;
  due = null;
  time = 0;
  listening = newListening({
    // at 125 BPM a tick is a millisecond
    positionAt: (at: Millis) => tick(at),
    now: () => millis(time),
    onChord: (pitchClasses) => chords.push(pitchClasses),
    wait: (_, then) => {
      due = then;
      return () => {
        due = null;
      };
    },
  });
});

const key = (kind: 'on' | 'off', pitch: number, channel = 0): void =>
  listening.note({ kind, pitch, velocity: 90, channel, time: millis(time) });
const settle = (): void => due?.();

it('a chord is told once, when all its fingers have landed', () => {
  for (const pitch of [60, 64, 67]) key('on', pitch);
  assert.deepEqual(chords, []);
  settle();
  assert.deepEqual(chords, [[0, 4, 7]]);
});

it('letting go is no chord, and the next one is of what is held then', () => {
  for (const pitch of [60, 64, 67]) key('on', pitch);
  settle();
  for (const pitch of [60, 64]) key('off', pitch);
  for (const pitch of [65, 69]) key('on', pitch);
  settle();
  assert.deepEqual(chords, [
    [0, 4, 7],
    [5, 7, 9],
  ]);
});

it('a single key and drums are no chord', () => {
  key('on', 60);
  settle();
  key('off', 60);
  for (const pitch of [36, 38, 42]) key('on', pitch, 9);
  settle();
  assert.deepEqual(chords, []);
});

it('what was played last is a phrase, also across a jump', () => {
  assert.equal(listening.phrase(), null);
  for (const [at, pitch] of [
    [0, 60],
    [480, 62],
  ] as const) {
    time = at;
    key('on', pitch);
    time = at + 400;
    key('off', pitch);
  }
  listening.moved({ kind: 'jump', tick: tick(0) }, tick(1920));
  time = 0;
  key('on', 64);
  time = 300;
  key('off', 64);
  const notes = listening.phrase()?.parts.flatMap((part) => part.notes);
  assert.deepEqual(
    notes?.map(({ onset, pitch }) => [onset, pitch]),
    [
      [0, 60],
      [4, 62],
      [16, 64],
    ],
  );
});
