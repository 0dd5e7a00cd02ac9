import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '#daimon/music/block.js';
import { felt } from '#daimon/music/feel.js';
import { byOnset, type Note } from '#daimon/music/note.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BLOCK, TICKS_PER_STEP, tick } from '#daimon/music/units.js';
import type { Edge } from '#daimon/transport/edge.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { cutAt, planSpan, takenUp } from '#daimon/transport/plan.js';
import { blockOf, feelOf, planBlock } from './stage.js';

const note = (onset: number, duration: number, pitch = 60, channel = 0): Note => ({
  onset: tick(onset),
  duration: tick(duration),
  pitch,
  velocity: 90,
  channel,
});

const blockWith = (...notes: Note[]): Block => ({ ...blockOf(seed(0)), notes: notes.sort(byOnset) });

/** What a block plays up to the end of its first bar when it is taken up there. */
function takenUpFrom(block: Block, at: number, chase: boolean): readonly Edge[] {
  const { edges, held } = takenUp(block, tick(0), tick(at), chase);
  return [...edges, ...planSpan(block, tick(0), tick(at), tick(TICKS_PER_BAR), held).edges];
}

const told = (edges: readonly Edge[]): readonly string[] =>
  edges.map((edge) => `${edge.tick} ${isNoteOn(edge) ? 'on' : 'off'} ${edge.data1}`);

test('a note is an on at its onset and an off at its end, counted from where the block starts', () => {
  const [on, off] = planBlock(blockWith(note(240, 120, 61, 3)), tick(TICKS_PER_BLOCK));
  assert.deepEqual(on, { tick: TICKS_PER_BLOCK + 240, status: 0x93, data1: 61, data2: 90 });
  assert.deepEqual(off, { tick: TICKS_PER_BLOCK + 360, status: 0x83, data1: 61, data2: 64 });
});

test('where a note ends as another of its pitch begins, the off comes first', () => {
  const edges = planBlock(blockWith(note(0, 120), note(120, 120)), tick(0));
  assert.deepEqual(told(edges), ['0 on 60', '120 off 60', '120 on 60', '240 off 60']);
});

test('a note struck again while it sounds is ended first', () => {
  const edges = planBlock(blockWith(note(0, 480), note(120, 120)), tick(0));
  assert.deepEqual(told(edges), ['0 on 60', '120 off 60', '120 on 60', '240 off 60']);
});

test('two notes of one pitch and onset are one', () => {
  assert.deepEqual(told(planBlock(blockWith(note(0, 120), note(0, 120)), tick(0))), ['0 on 60', '120 off 60']);
});

test("a note that passes its block's end is held over it, and ends where it would or where its pitch is struck", () => {
  const last = tick(TICKS_PER_BLOCK - TICKS_PER_BAR);
  const line = tick(TICKS_PER_BLOCK);
  const block = blockWith(note(line - 120, 600), note(line - 120, 600, 62));
  const { held } = planSpan(block, tick(0), last, line, []);
  assert.deepEqual(told(held), [`${line + 480} off 60`, `${line + 480} off 62`]);
  const { edges } = planSpan(blockWith(note(240, 120)), line, line, tick(line + TICKS_PER_BAR), held);
  const heard = [`${line + 240} off 60`, `${line + 240} on 60`, `${line + 360} off 60`, `${line + 480} off 62`];
  assert.deepEqual(told(edges), heard);
});

test('bar by bar, a block plays the same as in one piece, whatever its feel', () => {
  for (let from = 0; from < 40; from++) {
    const block = felt(blockOf(seed(from)), feelOf(randomFrom(seed(from))));
    const start = tick(3 * TICKS_PER_BLOCK);
    const edges: Edge[] = [];
    let held: readonly Edge[] = [];
    for (let bar = start; bar < start + TICKS_PER_BLOCK; bar = tick(bar + TICKS_PER_BAR)) {
      const plan = planSpan(block, start, bar, tick(bar + TICKS_PER_BAR), held);
      edges.push(...plan.edges);
      held = plan.held;
    }
    assert.deepEqual(held, []);
    const inOrder = (all: readonly Edge[]): readonly string[] => [...told(all)].sort();
    assert.deepEqual(inOrder(edges), inOrder(planBlock(block, start)));
  }
});

test('a block taken up in its middle strikes the notes that should sound there, and they end where they would', () => {
  const block = blockWith(note(0, 960), note(0, 240, 62), note(480, 120, 64));
  assert.deepEqual(told(takenUpFrom(block, 240, true)), ['240 on 60', '480 on 64', '600 off 64', '960 off 60']);
});

test('a block taken up without chasing begins with the next note, and no other is ended', () => {
  const block = blockWith(note(0, 960), note(0, 240, 62), note(480, 120, 64));
  assert.deepEqual(told(takenUpFrom(block, 240, false)), ['480 on 64', '600 off 64']);
});

test('a note that is struck where the block is taken up is struck once, chasing or not', () => {
  const block = blockWith(note(0, 960), note(240, 240));
  for (const chase of [true, false]) {
    assert.deepEqual(told(takenUpFrom(block, 240, chase)), ['240 on 60', '480 off 60']);
  }
});

test('without chasing, a block taken up on any step strikes all notes of that step, where humanise moved them too', () => {
  for (let trial = 0; trial < 40; trial++) {
    const block = blockOf(seed(trial));
    const feel = { ...feelOf(randomFrom(seed(trial))), swing: 50 };
    for (let at = 0; at < TICKS_PER_BAR; at += TICKS_PER_STEP) {
      const due = block.notes.filter(({ onset }) => onset === at).map(({ pitch, channel }) => `${channel} ${pitch}`);
      const ons = takenUpFrom(felt(block, feel), at, false).filter(isNoteOn);
      const early = ons.filter((on) => on.tick < at + TICKS_PER_STEP / 2);
      assert.deepEqual(early.map((on) => `${on.status & 15} ${on.data1}`).sort(), [...new Set(due)].sort());
    }
  }
});

test('a block that goes on strikes nothing again', () => {
  const { edges } = planSpan(blockWith(note(0, 960), note(480, 120, 64)), tick(0), tick(240), tick(1920), []);
  assert.deepEqual(told(edges), ['480 on 64', '600 off 64']);
});

test('what is cut ends at the cut, and no later than it would have', () => {
  const { held } = planSpan(blockWith(note(0, 9600), note(0, 2400, 64)), tick(0), tick(0), tick(1920), []);
  assert.deepEqual(told(cutAt(held, tick(2880))), ['2400 off 64', '2880 off 60']);
});
