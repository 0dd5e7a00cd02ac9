import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '#daimon/music/block.js';
import { FEEL, type Feel, felt, STRAIGHT, swung } from '#daimon/music/feel.js';
import type { Note } from '#daimon/music/note.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BLOCK, TICKS_PER_STEP, tick } from '#daimon/music/units.js';
import { blockOf, feelOf } from '../transport/stage.js';

const MOST = FEEL.humanise.max;

/** Blocks and feels of every kind, the notes of some blocks shortened by a gate. */
function trials(test: (block: Block, feel: Feel, random: Random) => void): void {
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const gate = Math.max(0.1, random.uniform());
    const block = blockOf(seed(trial));
    const notes = block.notes.map((note) => ({ ...note, duration: tick(Math.round(note.duration * gate)) }));
    test({ ...block, notes }, feelOf(random), random);
  }
}

const alone = (block: Block, note: Note, feel: Feel): Note => felt({ ...block, notes: [note] }, feel).notes[0];

const end = ({ onset, duration }: Note): number => onset + duration;

test('at a swing of 50, without humanise, every note stays where it is', () => {
  trials((block) => {
    assert.deepEqual(felt(block, STRAIGHT), block);
    assert.deepEqual(felt(block, { ...STRAIGHT, swingUnit: 8 }), block);
  });
  for (let at = 0; at < TICKS_PER_BAR; at++) assert.equal(swung(tick(at), STRAIGHT), at);
});

test('the second of two notes falls where the swing says, in percent of their pair', () => {
  const places = (swing: number, swingUnit: 8 | 16) =>
    [0, 120, 240, 360, 480].map((at) => Math.round(swung(tick(at), { swing, swingUnit, humanise: 0 })));
  assert.deepEqual(places(66.7, 16), [0, 160, 240, 400, 480]);
  assert.deepEqual(places(75, 16), [0, 180, 240, 420, 480]);
  assert.deepEqual(places(66.7, 8), [0, 160, 320, 400, 480]);
});

test('swing bends time without a break, and bar lines stay', () => {
  trials((_block, feel) => {
    for (let at = 0; at <= 2 * TICKS_PER_BAR; at++) {
      assert.ok(swung(tick(at), feel) < swung(tick(at + 1), feel));
      if (at % TICKS_PER_BAR === 0) assert.equal(swung(tick(at), feel), at);
    }
  });
});

test('swing keeps what is together together, what touches touching, and all else in its order', () => {
  trials((block, { swing, swingUnit }) => {
    const feel = { swing, swingUnit, humanise: 0 };
    const moved = block.notes.map((note) => ({ note, played: alone(block, note, feel) }));
    for (const a of moved) {
      for (const b of moved) {
        assert.equal(Math.sign(a.played.onset - b.played.onset), Math.sign(a.note.onset - b.note.onset));
        if (end(a.note) === b.note.onset) assert.equal(end(a.played), b.played.onset);
        if (end(a.note) > b.note.onset) assert.ok(end(a.played) >= b.played.onset);
        if (end(a.note) < b.note.onset) assert.ok(end(a.played) <= b.played.onset);
      }
    }
  });
});

test('humanise moves no onset further than it says, and none out of its bar', () => {
  trials((block, feel) => {
    for (const note of block.notes) {
      const place = Math.floor(swung(note.onset, feel));
      const { onset } = alone(block, note, feel);
      assert.ok(Math.abs(onset - place) <= feel.humanise);
      assert.equal(Math.floor(onset / TICKS_PER_BAR), Math.floor(place / TICKS_PER_BAR));
    }
  });
});

test('humanise uses its range, early as often as late', () => {
  const block = blockOf(seed(1));
  const offBeat = block.notes.filter(({ onset }) => onset % TICKS_PER_BAR !== 0);
  const strays = offBeat.map((note) => alone(block, note, { ...STRAIGHT, humanise: MOST }).onset - note.onset);
  assert.ok(Math.min(...strays) <= -0.75 * MOST && Math.max(...strays) >= 0.75 * MOST);
  const mean = strays.reduce((sum, stray) => sum + stray, 0) / strays.length;
  assert.ok(Math.abs(mean) < 0.1 * MOST, `${mean}`);
});

test('whatever the feel, a step never comes before the step it follows', () => {
  trials((block, { swing, swingUnit }) => {
    const feel = { swing, swingUnit, humanise: MOST };
    const played = block.notes.map((note) => ({ note, onset: alone(block, note, feel).onset }));
    for (const a of played) {
      for (const b of played) {
        if (b.note.onset - a.note.onset >= TICKS_PER_STEP) assert.ok(b.onset - a.onset >= 60 - 2 * MOST);
      }
    }
  });
});

test('whatever the feel, no note leaves its block or is cut to a click', () => {
  trials((block, feel) => {
    for (const note of felt(block, feel).notes) {
      assert.ok(note.onset >= 0 && end(note) <= TICKS_PER_BLOCK);
      assert.ok(note.duration >= 6, `${note.duration}`);
    }
  });
});

test('a note that sounds on over the end of its block does so with any feel, and ends where swing has it', () => {
  trials((block, feel, random) => {
    const onset = tick(TICKS_PER_BLOCK - TICKS_PER_STEP * (1 + random.below(8)));
    const note = { ...block.notes[0], onset, duration: tick(TICKS_PER_BLOCK - onset + 60 + random.below(4000)) };
    assert.equal(end(alone(block, note, feel)), Math.floor(swung(tick(end(note)), feel)));
  });
});

test('an end stays where swing has it, unless its note would get too short', () => {
  trials((block, feel) => {
    for (const note of block.notes) {
      const played = alone(block, note, feel);
      if (played.duration > 6) assert.equal(end(played), Math.floor(swung(tick(end(note)), feel)));
    }
  });
});

test('the same block has the same strays each time, a block of another seed has others', () => {
  trials((block, feel, random) => {
    assert.deepEqual(felt(block, feel), felt(block, feel));
    const strayed = { ...feelOf(random), humanise: MOST };
    assert.notDeepEqual(felt(block, strayed).notes, felt({ ...block, seed: seed(block.seed + 1) }, strayed).notes);
  });
});

test('notes struck together may come apart, but two strikes of one key stay one', () => {
  const block = blockOf(seed(3));
  const chord = [60, 64, 67, 60].map((pitch) => ({ ...block.notes[0], onset: tick(480), pitch }));
  const onsets = chord.map((note) => alone(block, note, { ...STRAIGHT, humanise: MOST }).onset);
  assert.equal(onsets[0], onsets[3]);
  assert.equal(new Set(onsets).size, 3);
});

test('the notes of a block are in order again', () => {
  trials((block, feel) => {
    const onsets = felt(block, feel).notes.map(({ onset }) => onset);
    assert.deepEqual(
      onsets,
      [...onsets].sort((a, b) => a - b),
    );
  });
});
