import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { barStart, positionAt } from '#daimon/music/position.js';
import { TICKS_PER_BAR, tick } from '#daimon/music/units.js';

describe('a position in the song', () => {
  it('counts bars and beats from 1, ticks from 0', () => {
    assert.deepEqual(positionAt(tick(0)), { bar: 1, beat: 1, tick: 0 });
    assert.deepEqual(positionAt(tick(479.9)), { bar: 1, beat: 1, tick: 479 });
    assert.deepEqual(positionAt(tick(480)), { bar: 1, beat: 2, tick: 0 });
    assert.deepEqual(positionAt(tick(TICKS_PER_BAR - 1)), { bar: 1, beat: 4, tick: 479 });
    assert.deepEqual(positionAt(tick(TICKS_PER_BAR * 32 + 480 * 2 + 240)), { bar: 33, beat: 3, tick: 240 });
  });

  it('before the song is a bar before the first, with beats that still run forward', () => {
    assert.deepEqual(positionAt(tick(-1)), { bar: 0, beat: 4, tick: 479 });
  });

  it('of a bar is where its first beat is', () => {
    for (const bar of [1, 2, 17, 1024]) assert.deepEqual(positionAt(barStart(bar)), { bar, beat: 1, tick: 0 });
  });
});
