import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Timeline, tickAt, timeAt, withTempo } from '#daimon/music/timeline.js';
import { bpm, millis, TICKS_PER_BAR, TICKS_PER_BEAT, tick } from '#daimon/music/units.js';

const line: Timeline = { tempo: bpm(120), tickOrigin: tick(1920), timeOrigin: millis(10_000) };

describe('timeline', () => {
  it('passes through its origin', () => {
    assert.equal(timeAt(line, line.tickOrigin), line.timeOrigin);
    assert.equal(tickAt(line, line.timeOrigin), line.tickOrigin);
  });

  it('moves a beat in half a second at 120 BPM', () => {
    assert.equal(timeAt(line, tick(1920 + TICKS_PER_BEAT)), 10_500);
    assert.equal(tickAt(line, millis(9_500)), 1920 - TICKS_PER_BEAT);
  });

  it('is a bijection: there and back is where one was, an hour away too', () => {
    for (const tempo of [20, 33.3, 120, 173.7, 300]) {
      const other = { ...line, tempo: bpm(tempo) };
      for (const t of [-7, 0, 1, 1920.5, 30_720, 3_456_000]) {
        assert.ok(Math.abs(tickAt(other, timeAt(other, tick(t))) - t) < 1e-6, `${t} at ${tempo} BPM`);
      }
    }
  });

  it('later ticks are later in time, whatever the tempo', () => {
    for (const tempo of [20, 120, 300]) {
      const other = { ...line, tempo: bpm(tempo) };
      assert.ok(timeAt(other, tick(1)) > timeAt(other, tick(0)));
    }
  });

  it('a tempo change bends what follows and leaves the moment of the change where it was', () => {
    const change = millis(12_345);
    const bent = withTempo(line, bpm(60), change);
    assert.equal(tickAt(bent, change), tickAt(line, change));
    const after = tick(tickAt(line, change) + TICKS_PER_BAR);
    assert.ok(Math.abs(timeAt(bent, after) - change - 2 * (timeAt(line, after) - change)) < 1e-6);
  });
});
