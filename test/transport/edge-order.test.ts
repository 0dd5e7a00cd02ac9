import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { tick } from '#daimon/music/units.js';
import type { Edge } from '#daimon/transport/edge.js';
import { byPlaying } from '#daimon/transport/edge-order.js';

const edge = (at: number, status: number, data1 = 0, data2 = 0): Edge => ({ tick: tick(at), status, data1, data2 });

test('at one moment offs come first, then bank and program, then what shapes the sound, then the notes', () => {
  const inOrder = [
    [edge(0, 0x80, 60, 64), edge(0, 0x90, 61, 0)],
    [edge(0, 0xb0, 0, 1)],
    [edge(0, 0xb0, 32, 2)],
    [edge(0, 0xc0, 5)],
    [edge(0, 0xb0, 7, 100), edge(0, 0xe0, 0, 64), edge(0, 0xd0, 30), edge(0, 0xa0, 60, 30)],
    [edge(0, 0x90, 60, 80), edge(0, 0x91, 61, 1)],
  ];
  const place = (of: Edge) => inOrder.findIndex((group) => group.includes(of));
  for (let trial = 0; trial < 50; trial++) {
    const random = randomFrom(seed(trial));
    const shuffled = inOrder
      .flat()
      .map((each) => ({ each, at: random.uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ each }) => each);
    const places = [...shuffled].sort(byPlaying).map(place);
    assert.deepEqual(places, [0, 0, 1, 2, 3, 4, 4, 4, 4, 5, 5]);
  }
});

test('an earlier note comes before a later off', () => {
  const [off, on] = [edge(240, 0x80, 60, 64), edge(120, 0x90, 60, 80)];
  assert.deepEqual([off, on].sort(byPlaying), [on, off]);
});

test('two bends of one moment stay as they were sent', () => {
  const bends = [edge(0, 0xe0, 0, 64), edge(0, 0xe0, 0, 32), edge(0, 0xe0, 0, 96)];
  assert.deepEqual([...bends].sort(byPlaying), bends);
});
