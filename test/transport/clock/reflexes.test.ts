import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { bpm, millis, tick } from '#daimon/music/units.js';
import { type Clock, clockState, newClock, turnClock } from '#daimon/transport/clock/clock.js';
import type { HostMessage } from '#daimon/transport/clock/follower.js';
import { NO_REFLEXES, reflexesOf } from '#daimon/transport/clock/reflexes.js';

/** Between two pulses, and by how much they may be early or late, in ms; other messages come halfway. */
const PULSE = 20;
const JITTER = 2;

it("what a host's Stop and its next pulse will do is known beforehand, whatever it has said until then", () => {
  let stops = 0;
  let downbeats = 0;
  for (let name = 1; name <= 100; name++) {
    const random = randomFrom(seed(name));
    let clock: Clock = newClock('host', bpm(120));
    let beat = 0;
    for (let i = 0; i < 200; i++) {
      const kind = (['pulse', 'pulse', 'pulse', 'start', 'continue', 'stop', 'position'] as const)[random.below(7)]!;
      if (kind === 'pulse') beat += PULSE;
      const time = kind === 'pulse' ? beat + JITTER * (2 * random.uniform() - 1) : beat + PULSE / 2;
      const message: HostMessage =
        kind === 'position'
          ? { kind, tick: tick(120 * random.below(64)), time: millis(time) }
          : { kind, time: millis(time) };
      const foreseen = reflexesOf(clock);
      const { clock: after, moves } = turnClock(clock, { kind: 'message', message });
      const state = clockState(after);
      if (kind === 'stop') {
        assert.equal(
          moves.some((move) => move.kind === 'stop'),
          foreseen.stops,
        );
        if (foreseen.stops) stops++;
      }
      if (kind === 'pulse' && foreseen.downbeat !== null) {
        downbeats++;
        assert.ok(state.kind === 'running');
        assert.equal(state.line.tickOrigin, foreseen.downbeat.tick);
        assert.ok(Math.abs(state.line.timeOrigin - time) < 2 * JITTER);
      }
      clock = after;
    }
  }
  assert.ok(stops > 1000 && downbeats > 1000, `${stops} Stops, ${downbeats} downbeats`);
});

it('a host that does not lead has no say', () => {
  for (const mode of ['internal', 'auto', 'session'] as const) {
    const led = turnClock(newClock(mode, bpm(120)), { kind: 'command', command: { kind: 'start', time: millis(0) } });
    assert.deepEqual(reflexesOf(led.clock), NO_REFLEXES);
  }
});
