import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { byOnset, type Note } from '#daimon/music/note.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { PITCHES, type Role, WHOLE } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK, TICKS_PER_BLOCK, TICKS_PER_STEP } from '#daimon/music/units.js';
import { randomChords, randomDecoding } from './choices.js';
import { type GridNote, idealRole, idealRoll, randomNotes, randomRoll, randomTune } from './rolls.js';

const MOMENT = { seed: seed(3) };

const soundingAt = (notes: readonly Note[], tick: number): Note[] =>
  notes.filter(({ onset, duration }) => onset <= tick && tick < onset + duration);

const TRIO: readonly Role[] = [WHOLE, { name: 'melody', voices: 1 }, { name: 'chords', voices: null }];

describe('every roll, by whatever choices', () => {
  const random = randomFrom(seed(11));
  const cases = Array.from({ length: 60 }, (_, i) => ({
    roll: randomRoll(i, i % 3 === 0 ? 1 : 2, TRIO.slice(0, 1 + (i % 4))),
    // a density reads a roll a dozen times, and of these rolls some are nothing but noise
    decoding: { ...randomDecoding(random), ...(i % 10 > 0 && { density: 0 }) },
    moment: { seed: seed(i), chords: randomChords(random) },
  }));
  const played = cases.map(({ roll, decoding, moment }) => ({
    roll,
    decoding,
    moment,
    notes: decode(roll, decoding, moment),
  }));

  it('gives notes that MIDI can say, on the channels and in the range that were chosen', () => {
    assert.ok(played.filter(({ notes }) => notes.length > 0).length > 40);
    for (const { roll, decoding, notes } of played) {
      const parts = { off: 1, roles: roll.roles.length, registers: 4, parts: 3 }[decoding.split];
      const first = decoding.channel - 1;
      const open = Array.from({ length: parts }, (_, i) => Math.min(first + i, 15));
      const channels = new Set([...open, ...decoding.channels.map((channel) => channel - 1)]);
      for (const { pitch, velocity, channel, duration } of notes) {
        assert.ok(pitch >= decoding.lowest && pitch <= decoding.highest);
        assert.ok(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127);
        assert.ok(Number.isInteger(duration) && duration >= 1);
        assert.ok(channels.has(channel));
      }
    }
  });

  it('keeps them sorted, and inside the block', () => {
    for (const { notes } of played) {
      assert.deepEqual(notes, notes.toSorted(byOnset));
      for (const { onset, duration } of notes) assert.ok(onset >= 0 && onset + duration <= TICKS_PER_BLOCK);
    }
  });

  it('never lets two notes of one pitch sound at once on a channel', () => {
    for (const { notes } of played) {
      const ends = new Map<number, number>();
      for (const { onset, duration, pitch, channel } of notes) {
        const line = channel * 128 + pitch;
        assert.ok(onset >= (ends.get(line) ?? 0));
        ends.set(line, onset + duration);
      }
    }
  });

  it('never lets more voices sound than were chosen, but where one is held on into another channel’s', () => {
    for (const { decoding, notes } of played.filter((one) => one.decoding.legato === 0)) {
      for (let step = 0; step < STEPS_PER_BLOCK; step++) {
        assert.ok(soundingAt(notes, step * TICKS_PER_STEP).length <= decoding.voices);
      }
    }
  });
});

describe('the player’s choices', () => {
  const notes = [
    { row: 10, start: 0, length: 4 },
    { row: 20, start: 0, length: 8 },
    { row: 15, start: 6, length: 4 },
  ];
  const played = (choices: Partial<Decoding>): readonly Note[] =>
    decode(idealRoll(notes), { ...DEFAULT_DECODING, ...choices }, MOMENT);

  it('by default play an ideal roll as it is written', () => {
    for (let of = 0; of < 5; of++) {
      const written = randomNotes(of);
      const heard = decode(idealRoll(written), DEFAULT_DECODING, MOMENT).map(({ onset, duration, pitch }) => ({
        row: pitch - 30,
        start: onset / TICKS_PER_STEP,
        length: duration / TICKS_PER_STEP,
      }));
      assert.deepEqual(
        heard,
        written.toSorted((a, b) => a.start - b.start || a.row - b.row),
      );
    }
  });

  it('move every pitch by the same interval, and leave out what then lies outside the range', () => {
    assert.deepEqual(
      played({ transpose: -5 }).map((n) => n.pitch),
      [35, 45, 40],
    );
    assert.deepEqual(
      played({ transpose: 12, highest: 57 }).map((n) => n.pitch),
      [52, 57],
    );
    assert.deepEqual(
      played({ lowest: 41 }).map((n) => n.pitch),
      [50, 45],
    );
    const everywhere = idealRoll(Array.from({ length: PITCHES }, (_, row) => ({ row, start: 0, length: 2 })));
    const high = decode({ ...everywhere, basePitch: 64 }, { ...DEFAULT_DECODING, transpose: 36 }, MOMENT);
    assert.deepEqual(
      high.map((n) => n.pitch),
      Array.from({ length: 28 }, (_, i) => 100 + i),
    );
  });

  it('shorten each note to its gate, from its onset', () => {
    assert.deepEqual(
      played({ gate: 0.5 }).map(({ onset, duration }) => [onset, duration]),
      [
        [0, 240],
        [0, 480],
        [720, 240],
      ],
    );
  });

  it('with one voice keep the highest of equally probable notes that begin together: the melody', () => {
    assert.deepEqual(
      played({ voices: 1 }).map((n) => n.pitch),
      [50],
    );
  });

  it('with one voice keep the most probable note, whenever it begins', () => {
    const roll = idealRoll(notes);
    for (let step = 0; step < 8; step++) roll.roles[0].sounding[20 * STEPS_PER_BLOCK + step] = 0.7;
    assert.deepEqual(
      decode(roll, { ...DEFAULT_DECODING, voices: 1 }, MOMENT).map((n) => n.pitch),
      [40, 45],
    );
  });

  it('play the downbeat loudest, then the half bar, then beats, then what lies between', () => {
    const steps = [0, 8, 4, 12, 2, 3].map((start) => ({ row: 5, start: start + 16, length: 1 }));
    const velocities = steps.map(
      (one) => decode(idealRoll([one]), { ...DEFAULT_DECODING, accent: 40 }, MOMENT)[0].velocity,
    );
    assert.deepEqual(velocities, [124, 119, 114, 114, 104, 104]);
  });

  it('play what is more probable louder, and what is middling off the beat at the velocity chosen', () => {
    const velocityAt = (probability: number): number => {
      const roll = idealRoll([{ row: 5, start: 2, length: 1 }]);
      roll.roles[0].sounding[5 * STEPS_PER_BLOCK + 2] = probability;
      return decode(roll, { ...DEFAULT_DECODING, velocity: 80, accent: 20 }, MOMENT)[0].velocity;
    };
    assert.deepEqual([0.5, 0.75, 1].map(velocityAt), [70, 80, 90]);
  });
});

describe('two roles', () => {
  const melody = [
    { row: 20, start: 0, length: 2 },
    { row: 20, start: 8, length: 4 },
  ];
  const chords = [
    { row: 20, start: 0, length: 16 },
    { row: 10, start: 0, length: 16 },
  ];
  const played = (choices: Partial<Decoding>, first: readonly GridNote[] = melody, role: Role = WHOLE): number[][] => {
    const roll = { basePitch: 30, roles: [idealRole(first, 2, role), idealRole(chords)] };
    return decode(roll, { ...DEFAULT_DECODING, ...choices }, MOMENT).map(({ onset, duration, pitch, channel }) => [
      onset / TICKS_PER_STEP,
      duration / TICKS_PER_STEP,
      pitch,
      channel + 1,
    ]);
  };

  it('on one channel share a pitch as one hand would play it: a unison is the longer note, a later strike cuts', () => {
    assert.deepEqual(played({}), [
      [0, 16, 40, 1],
      [0, 8, 50, 1],
      [8, 4, 50, 1],
    ]);
  });

  it('split play side by side, each all its notes', () => {
    assert.deepEqual(played({ split: 'roles', channel: 3 }), [
      [0, 16, 40, 4],
      [0, 2, 50, 3],
      [0, 16, 50, 4],
      [8, 4, 50, 3],
    ]);
  });

  it('of zeros and ones are read back note for note, each on its channel', () => {
    for (let of = 0; of < 5; of++) {
      const [tune, accompaniment] = [randomTune(of), randomNotes(of)];
      const roles = [idealRole(tune, 2, { name: 'melody', voices: 1 }), idealRole(accompaniment)];
      const heard = decode({ basePitch: 30, roles }, { ...DEFAULT_DECODING, split: 'roles' }, MOMENT);
      for (const [channel, written] of [tune, accompaniment].entries()) {
        assert.deepEqual(
          heard
            .filter((note) => note.channel === channel)
            .map(({ onset, duration, pitch }) => [onset / TICKS_PER_STEP, pitch - 30, duration / TICKS_PER_STEP]),
          written.map(({ row, start, length }) => [start, row, length]).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
        );
      }
    }
  });

  it('beyond channel 16 share it', () => {
    assert.deepEqual(played({ split: 'roles', channel: 16 }), played({ channel: 16 }));
  });

  it('share the voices that were chosen', () => {
    assert.deepEqual(played({ voices: 1 }), [[0, 16, 50, 1]]);
  });

  it('leave out a note that finds no voice before it can cut another', () => {
    const roll = { basePitch: 30, roles: [idealRole(melody), idealRole(chords)] };
    for (let step = 8; step < 12; step++) roll.roles[0].sounding[20 * STEPS_PER_BLOCK + step] = 0.7;
    for (let step = 8; step < 12; step++) roll.roles[1].sounding[20 * STEPS_PER_BLOCK + step] = 0.8;
    const heard = decode(roll, { ...DEFAULT_DECODING, voices: 2 }, MOMENT);
    assert.deepEqual(
      heard.map(({ pitch, duration }) => [pitch, duration / TICKS_PER_STEP]),
      [
        [40, 16],
        [50, 16],
      ],
    );
  });

  it('of which one has a single voice: it alone is sung one note at a time', () => {
    const overlapping = [
      { row: 22, start: 0, length: 6 },
      { row: 24, start: 4, length: 4 },
    ];
    assert.deepEqual(played({ split: 'roles' }, overlapping, { name: 'melody', voices: 1 }), [
      [0, 16, 40, 2],
      [0, 16, 50, 2],
      [0, 4, 52, 1],
      [4, 4, 54, 1],
    ]);
  });
});
