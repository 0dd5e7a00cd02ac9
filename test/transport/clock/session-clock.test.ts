import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bpm, millis, tick } from '#daimon/music/units.js';
import { type ClockMove, songPosition } from '#daimon/transport/clock/clock-state.js';
import { idleSession, join, type SessionClock } from '#daimon/transport/clock/session-clock.js';

/** What a session says: at `time` (ms) it is on `beat`. It comes at once, unless it says when. */
interface Said {
  readonly time: number;
  readonly beat: number;
  readonly tempo?: number;
  readonly rests?: true;
  readonly comes?: number;
}

function joined(...said: readonly Said[]): { clock: SessionClock; moves: readonly ClockMove[] } {
  let clock = idleSession();
  const moves: ClockMove[] = [];
  for (const { time, beat, tempo = 120, rests, comes = time } of said) {
    const snapshot = { time: millis(time), tick: tick(beat * 480), tempo: bpm(tempo), isPlaying: rests === undefined };
    const step = join(clock, snapshot, millis(comes));
    clock = step.clock;
    moves.push(...step.moves);
  }
  return { clock, moves };
}

/** In beats. */
const place = (clock: SessionClock, time: number): number => songPosition(clock.state, millis(time)) / 480;
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);

describe('a session that plays', () => {
  it('is joined on the beat that it is on', () => {
    const { clock, moves } = joined({ time: 1000, beat: 6.25 });
    assert.deepEqual(moves, [{ kind: 'play', tick: 3000 }]);
    near(place(clock, 1500), 7.25);
  });

  it('that is to start later is played from the beat of its start, and stands before it until then', () => {
    const { clock, moves } = joined({ time: 3000, beat: 16, comes: 1000 });
    assert.deepEqual(moves, [{ kind: 'play', tick: 16 * 480 }]);
    near(place(clock, 1000), 12);
    near(place(clock, 3000), 16);
  });

  it('that counts in is played from bar 1', () => {
    const { clock, moves } = joined({ time: 0, beat: -4 }, { time: 500, beat: -3 });
    assert.deepEqual(moves, [{ kind: 'play', tick: 0 }]);
    near(place(clock, 2000), 0);
  });

  it('heard a little late has its downbeat yet; later it is joined where it is by then', () => {
    assert.deepEqual(joined({ time: 0, beat: 4, comes: 20 }).moves, [{ kind: 'play', tick: 1920 }]);
    assert.deepEqual(joined({ time: 0, beat: 4, comes: 250 }).moves, [{ kind: 'play', tick: 1920 + 240 }]);
  });

  it('asked 20 ms after its downbeat is played from that', () => {
    assert.deepEqual(joined({ time: 20, beat: 4.04 }).moves, [{ kind: 'play', tick: 1920 }]);
  });

  it('holds its line through any silence', () => {
    const { clock } = joined({ time: 0, beat: 0 });
    near(place(clock, 3_600_000), 7200);
  });

  it('changes its tempo without a jump', () => {
    const { clock, moves } = joined({ time: 0, beat: 0 }, { time: 1000, beat: 2, tempo: 60 });
    assert.equal(moves.length, 1);
    near(place(clock, 1000), 2);
    near(place(clock, 3000), 4);
  });

  it('changes its tempo without a jump also where that is heard between two snapshots', () => {
    const { clock, moves } = joined({ time: 0, beat: 0 }, { time: 1050, beat: 2 + 0.05 * 4, tempo: 240 });
    assert.equal(moves.length, 1);
    near(place(clock, 1300), 3.2);
  });

  it('jumps where its beat is more than a sixteenth off the line, to and fro', () => {
    assert.equal(joined({ time: 0, beat: 0 }, { time: 1000, beat: 2.24 }).moves.length, 1);
    assert.deepEqual(joined({ time: 0, beat: 0 }, { time: 1000, beat: 2.5 }).moves[1], { kind: 'jump', tick: 1200 });
    assert.deepEqual(joined({ time: 0, beat: 8 }, { time: 1000, beat: 0 }).moves[1], { kind: 'jump', tick: 0 });
  });

  it('does not jump by a snapshot that comes late, nor by one of a time ahead', () => {
    const { moves } = joined(
      { time: 0, beat: 0 },
      { time: 100, beat: 0.2, comes: 900 },
      { time: 9000, beat: 18, comes: 1000 },
    );
    assert.equal(moves.length, 1);
  });
});

describe('a session that rests', () => {
  it('stops at once, and is where it says that it would go on', () => {
    const { clock, moves } = joined({ time: 0, beat: 0 }, { time: 1000, beat: 0, rests: true });
    assert.deepEqual(moves[1], { kind: 'stop' });
    assert.deepEqual(clock.state, { kind: 'stopped', position: 0, tempo: 120 });
  });

  it('is followed to another place, so that its block is drawn before it plays', () => {
    const { clock, moves } = joined({ time: 0, beat: 64, rests: true }, { time: 500, beat: 64, rests: true });
    assert.deepEqual(moves, [{ kind: 'jump', tick: 64 * 480 }]);
    near(place(clock, 9999), 64);
  });

  it('tells its tempo, and stands at bar 1 where it would count in', () => {
    const { clock, moves } = joined({ time: 0, beat: -4, tempo: 87.5, rests: true });
    assert.deepEqual([moves, clock.state], [[], { kind: 'stopped', position: 0, tempo: 87.5 }]);
  });
});
