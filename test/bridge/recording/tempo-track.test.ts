import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TempoChange, tempoTrack } from '#daimon/bridge/recording/tempo-track.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { bpm, TICKS_PER_BAR, TICKS_PER_BEAT, TICKS_PER_PULSE, tick } from '#daimon/music/units.js';

const BAR = TICKS_PER_BAR;
const BEAT = TICKS_PER_BEAT;

/** The tempos written when a tempo is heard at each pulse of so many bars. */
function written(bars: number, tempoAt: (at: number) => number): readonly TempoChange[] {
  const track = tempoTrack();
  const changes: (TempoChange | null)[] = [];
  for (let at = 0; at <= bars * BAR; at += TICKS_PER_PULSE) changes.push(track.hear(bpm(tempoAt(at)), tick(at)));
  return [...changes, track.end()].filter((change) => change !== null);
}

describe('the tempo map of a recording', () => {
  it('has one tempo for a host that keeps it, from the start on, however the follower trembles', () => {
    const random = randomFrom(seed(2));
    const changes = written(64, () => 120 + 0.3 * random.normal());
    assert.equal(changes.length, 1);
    assert.equal(changes[0].at, 0);
    assert.ok(Math.abs(changes[0].tempo - 120) < 0.2, `${changes[0].tempo}`);
  });

  it('passes over the swing of a follower after a stall', () => {
    const changes = written(8, (at) => (at > 3000 && at < 3400 ? 137 - (at - 3000) / 25 : 120));
    assert.deepEqual(changes, [{ at: 0, tempo: 120 }]);
  });

  it('passes over the guess that a follower begins with', () => {
    assert.deepEqual(
      written(2, (at) => (at < 80 ? 140 - at / 4 : 120)),
      [{ at: 0, tempo: 120 }],
    );
  });

  it('has a change where it began, to the pulse', () => {
    assert.deepEqual(
      written(8, (at) => (at < 4 * BAR ? 120 : 90)),
      [
        { at: 0, tempo: 120 },
        { at: 4 * BAR, tempo: 90 },
      ],
    );
  });

  it('has a small change too, if it lasts', () => {
    assert.deepEqual(
      written(16, (at) => (at < 4 * BAR ? 120 : 120.12)),
      [
        { at: 0, tempo: 120 },
        { at: 4 * BAR, tempo: 120.12 },
      ],
    );
  });

  it('follows a ritardando', () => {
    const changes = written(8, (at) => (at < 2 * BAR ? 120 : Math.max(60, 120 - (at - 2 * BAR) / 128)));
    assert.ok(changes.length >= 5, `${changes.length}`);
    assert.ok(Math.abs((changes.at(-1)?.tempo ?? 0) - 60) < 0.2);
  });

  it('has a change that is heard of once, as of our own clock, when the recording has come a beat further', () => {
    const track = tempoTrack();
    assert.equal(track.hear(bpm(120), tick(0)), null);
    assert.deepEqual(track.reach(tick(BEAT)), { at: 0, tempo: 120 });
    assert.equal(track.hear(bpm(90), tick(1000)), null);
    assert.equal(track.reach(tick(1000 + BEAT - 1)), null);
    assert.deepEqual(track.reach(tick(1000 + BEAT)), { at: 1000, tempo: 90 });
    assert.equal(track.reach(tick(5000)), null);
    assert.equal(track.end(), null);
  });

  it('has the only tempo of a recording shorter than a beat', () => {
    const track = tempoTrack();
    track.hear(bpm(133), tick(0));
    assert.deepEqual(track.end(), { at: 0, tempo: 133 });
    assert.equal(tempoTrack().end(), null);
  });
});
