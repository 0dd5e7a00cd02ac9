import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Target } from '#daimon/bridge/midi/surface/bindings.js';
import { arm, type Learning, NOTHING_TO_LEARN, REST_MS, settle, watch } from '#daimon/bridge/midi/surface/learn.js';
import { hear, NEW_EAR } from '#daimon/bridge/midi/surface/moves.js';
import { ask, cc, note, turn } from './some-bindings.js';

/** Moves things of a port, some ms apart, and then rests. */
function learnt(messages: readonly (readonly number[])[], target: Target = turn('swing'), apart = 10) {
  let learning: Learning = arm(target);
  let ear = NEW_EAR;
  let time = 0;
  for (const bytes of messages) {
    const heard = hear(ear, Uint8Array.from(bytes));
    ear = heard.ear;
    time += apart;
    learning = watch(learning, 'desk', heard.moves, time);
  }
  return settle(learning, time + REST_MS).learned?.source ?? null;
}

const controls = (number: number, ...values: number[]) => values.map((value) => [0xb0, number, value]);

describe('what is moved while something is armed', () => {
  it('is known for what it is: a fader, a pair, a parameter, a key, a wheel, pressure, a program', () => {
    assert.deepEqual(learnt(controls(21, 60, 61, 63)), cc(21, 1));
    assert.deepEqual(learnt([...controls(1, 9), ...controls(33, 100), ...controls(1, 10), ...controls(33, 3)]), {
      kind: 'cc14',
      number: 1,
      channel: 1,
    });
    const parameter = [...controls(99, 2), ...controls(98, 44), ...controls(6, 10), ...controls(38, 0)];
    assert.deepEqual(learnt(parameter), { kind: 'nrpn', number: 300, channel: 1 });
    assert.deepEqual(
      learnt([
        [0x92, 60, 90],
        [0x82, 60, 0],
      ]),
      note(60, 60, 3),
    );
    assert.deepEqual(
      learnt([
        [0xe0, 0, 70],
        [0xe0, 0, 90],
      ]),
      { kind: 'bend', channel: 1 },
    );
    assert.deepEqual(learnt([[0xd0, 70]]), { kind: 'pressure', note: null, channel: 1 });
    assert.deepEqual(learnt([...controls(0, 1), ...controls(32, 2), [0xc0, 5]]), {
      kind: 'program',
      number: 5,
      channel: 1,
    });
  });

  it('is an endless encoder where it says so, if it is to turn something', () => {
    assert.deepEqual(learnt(controls(71, 1, 1, 2, 127, 127)), { ...cc(71, 1), encoding: 'twos-complement' });
    assert.deepEqual(learnt(controls(71, 65, 65, 63, 63)), { ...cc(71, 1), encoding: 'binary-offset' });
    assert.deepEqual(learnt(controls(71, 1, 1, 1), ask({ kind: 'next' })), cc(71, 1));
  });

  it('is the key, whatever pressure, bend or timbre comes along with it', () => {
    const touched = [
      [0x90, 60, 90],
      [0xd0, 30],
      [0xe0, 0, 65],
      [0xb0, 74, 9],
      [0xa0, 60, 40],
      [0x80, 60, 0],
    ];
    assert.deepEqual(learnt(touched), note(60, 60, 1));
  });

  it('is the encoder, though a note told of the finger on it', () => {
    assert.deepEqual(learnt([[0x90, 0, 127], ...controls(71, 1, 1, 2, 1), [0x80, 0, 0]]), {
      ...cc(71, 1),
      encoding: 'twos-complement',
    });
  });

  it('is nothing that a note of MPE says of itself', () => {
    const mpe = [...controls(101, 0), ...controls(100, 6), ...controls(6, 15)];
    assert.equal(learnt([...mpe, [0xe1, 0, 70], [0xd1, 60], [0xb1, 74, 60]]), null);
    assert.deepEqual(learnt([...mpe, [0xe1, 0, 70], [0x91, 62, 60], [0xd1, 60], [0x81, 62, 0]]), note(62, 62, 2));
  });

  it('is settled after a rest, but not while a key is held; and at last however it goes on', () => {
    const heard = hear(NEW_EAR, Uint8Array.of(0x90, 60, 90)).moves;
    const held = watch(arm(turn('swing')), 'desk', heard, 100);
    assert.equal(settle(held, 100 + REST_MS).learned, null);
    assert.deepEqual(settle(held, 2100).learned?.source, note(60, 60, 1));
    const moved = watch(arm(turn('swing')), 'desk', hear(NEW_EAR, Uint8Array.of(0xb0, 7, 90)).moves, 100);
    assert.equal(settle(moved, 99 + REST_MS).learned, null);
    assert.deepEqual(settle(moved, 100 + REST_MS), {
      learning: NOTHING_TO_LEARN,
      learned: { port: 'desk', source: cc(7, 1), target: turn('swing') },
    });
  });

  it('is of one controller: another that moves at the same time is not heard', () => {
    const said = (number: number) => hear(NEW_EAR, Uint8Array.of(0xb0, number, 90)).moves;
    let learning = watch(arm(turn('swing')), 'desk', said(7), 0);
    for (let i = 0; i < 10; i++) learning = watch(learning, 'other', said(8), 1);
    assert.deepEqual(settle(learning, REST_MS).learned?.source, cc(7, 1));
  });

  it('is bounded, however long a hand plays with it', () => {
    let learning = arm(turn('swing'));
    for (let i = 0; i < 5000; i++) {
      const moves = hear(NEW_EAR, Uint8Array.of(0xb0, 7, i % 128)).moves;
      learning = watch(learning, 'desk', moves, i / 10);
    }
    assert.ok(learning.moves.length <= 512);
  });
});

it('nothing is learned where nothing is armed, nor by letting go of a key', () => {
  const moves = hear(NEW_EAR, Uint8Array.of(0xb0, 7, 90)).moves;
  assert.equal(watch(NOTHING_TO_LEARN, 'desk', moves, 0), NOTHING_TO_LEARN);
  assert.equal(learnt([[0x80, 60, 0]]), null);
});
