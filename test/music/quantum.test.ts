import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineFrom, QUANTA } from '#daimon/music/quantum.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { TICKS_PER_BAR, TICKS_PER_BEAT } from '#daimon/music/units.js';

test('a line is never before its tick, never a whole quantum after, and a line of all that is finer', () => {
  const random = randomFrom(seed(3));
  for (let trial = 0; trial < 500; trial++) {
    const at = random.uniform() * 40 * TICKS_PER_BAR - TICKS_PER_BAR;
    QUANTA.reduce((before, quantum) => {
      const line = lineFrom(at, quantum);
      assert.ok(line >= at && line >= before);
      for (const finer of QUANTA.slice(0, QUANTA.indexOf(quantum))) assert.equal(lineFrom(line, finer), line);
      return line;
    }, -Infinity);
  }
});

test('lines are counted from the start of the song', () => {
  const at = 5 * TICKS_PER_BAR + 1;
  assert.deepEqual(
    [lineFrom(at, '4 bars'), lineFrom(at, 'beat')],
    [8 * TICKS_PER_BAR, 5 * TICKS_PER_BAR + TICKS_PER_BEAT],
  );
});
