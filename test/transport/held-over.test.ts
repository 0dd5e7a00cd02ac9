import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { bars, blockOf, type Heard, preset, Stage, streaming } from './stage.js';

const LINE = TICKS_PER_BLOCK;

interface Sounded {
  readonly on: number;
  readonly off: number;
}

/** Where each note of the voice began and ended, from what was heard. */
function sounded(heard: readonly Heard[]): ReadonlyMap<string, readonly Sounded[]> {
  const all = new Map<string, Sounded[]>();
  const open = new Map<string, number>();
  for (const { edge } of heard) {
    const voice = `${edge.status & 15} ${edge.data1}`;
    if (isNoteOn(edge)) open.set(voice, edge.tick);
    else all.set(voice, [...(all.get(voice) ?? []), { on: open.get(voice)!, off: edge.tick }]);
  }
  return all;
}

/** What the first blocks of a take should sound like if they were one: each note until its pitch is struck again. */
function asOne(takeSeed: number, blocks: number): ReadonlyMap<string, readonly Sounded[]> {
  const all = new Map<string, Sounded[]>();
  for (let i = 0; i < blocks; i++) {
    const from = i === 0 ? seed(takeSeed) : deriveSeed(seed(takeSeed), i);
    for (const { onset, duration, pitch, channel } of blockOf(from, streaming.name).notes) {
      const voice = `${channel} ${pitch}`;
      const on = i * LINE + onset;
      const before = all.get(voice)?.at(-1);
      if (before?.on === on) continue;
      const notes = (all.get(voice) ?? []).map((note) => ({ ...note, off: Math.min(note.off, on) }));
      all.set(voice, [...notes, { on, off: on + duration }]);
    }
  }
  return all;
}

const crossing = (notes: Iterable<readonly Sounded[]>, line: number): readonly Sounded[] =>
  [...notes].flat().filter(({ on, off }) => on < line && off > line);

test('blocks of a stream that follow each other sound as one: what sounds over a line ends where it would', () => {
  let over = 0;
  for (let takeSeed = 0; takeSeed < 10; takeSeed++) {
    const stage = Stage.playing(0, streaming, takeSeed);
    stage.playTo(3 * LINE - 20);
    const expected = asOne(takeSeed, 3);
    for (const [voice, notes] of sounded(stage.heard)) {
      assert.deepEqual(notes, expected.get(voice)!.slice(0, notes.length));
    }
    over += crossing(expected.values(), LINE).length + crossing(expected.values(), 2 * LINE).length;
  }
  assert.ok(over > 50, `${over} notes crossed a line`);
});

test('where another take takes over, nothing of the one before sounds on', () => {
  const stage = Stage.playing(0, streaming);
  stage.playTo(LINE - 700);
  stage.do({ kind: 'preset', preset });
  stage.playTo(LINE + bars(5));
  assert.deepEqual(
    stage.started.map(({ from }) => from),
    [0, LINE],
  );
  assert.deepEqual(crossing(sounded(stage.heard).values(), LINE), []);
});

test('where the next block is late, what sounds ends on the line, whether the last one plays again or it rests', () => {
  for (const whenLate of ['repeat', 'rest'] as const) {
    const stage = Stage.slow(null, { ...streaming, whenLate });
    stage.playTo(LINE + bars(5));
    assert.deepEqual(crossing(sounded(stage.heard).values(), LINE), []);
  }
});

test('a jump and a stop end what sounds on', () => {
  for (const event of [{ kind: 'jump', tick: tick(LINE + 7680) }, { kind: 'stop' }] as const) {
    const stage = Stage.playing(0, streaming);
    stage.playTo(LINE + 40);
    const before = [...stage.sounding.values()].filter((on) => on.tick < LINE);
    assert.ok(before.length > 0);
    stage.do(event);
    assert.deepEqual(
      [...stage.sounding.values()].filter((on) => before.includes(on)),
      [],
    );
  }
});
