import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Values } from '#daimon/bridge/control/controls.js';
import type { Binding } from '#daimon/bridge/midi/surface/bindings.js';
import { flush, type Grip, NO_GRIP, touch } from '#daimon/bridge/midi/surface/grip.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CONTROLS } from './controller-studio.js';
import { cc, note, turn } from './some-bindings.js';

const FADER: Binding = { source: cc(1), target: turn('swing') };
const ENCODER: Binding = {
  source: { kind: 'cc', number: 2, encoding: 'twos-complement', channel: null },
  target: turn('gate'),
};
const said = (grip: Grip, binding: Binding, value: number): Grip =>
  touch(grip, { binding, move: { kind: 'cc', number: 1, value, channel: 1, perNote: false } }).grip;

test('however often one looks, a fader ends where it stands, and an encoder as far as it was turned', () => {
  const random = randomFrom(seed(2));
  for (let take = 0; take < 50; take++) {
    const seldom = { grip: NO_GRIP, values: { swing: 60, gate: 0.5 } as Values };
    const often = { ...seldom };
    for (let i = 0; i < 40; i++) {
      const [binding, value] =
        random.below(2) === 0 ? [FADER, random.below(128)] : [ENCODER, (random.below(7) + 125) % 128];
      for (const each of [seldom, often]) each.grip = said(each.grip, binding, value);
      for (const each of i % 10 === 9 ? [seldom, often] : [often]) {
        const flushed = flush(each.grip, 'jump', CONTROLS, each.values);
        each.grip = flushed.grip;
        each.values = { ...each.values, ...flushed.values };
      }
    }
    assert.equal(seldom.values.swing, often.values.swing);
    assert.ok(Math.abs(Number(seldom.values.gate) - Number(often.values.gate)) < 1e-9);
  }
});

test('what has not been moved is not set, and what is moved to where it stands neither', () => {
  assert.deepEqual(flush(NO_GRIP, 'jump', CONTROLS, { swing: 50 }).values, {});
  assert.deepEqual(flush(said(NO_GRIP, FADER, 0), 'jump', CONTROLS, { swing: 50 }).values, {});
});

test('a hand on one of two faders of one parameter moves it, and the other does not hold it back', () => {
  const other: Binding = { source: cc(7), target: turn('swing') };
  const both = said(said(NO_GRIP, FADER, 64), other, 127);
  assert.deepEqual(flush(both, 'jump', CONTROLS, { swing: 50 }).values, { swing: 75 });
});

test('a pad that holds a value gives back what there was, however long it was held', () => {
  const pad: Binding = { source: note(36), target: turn('gate', { momentary: true, from: 1, to: 0.1 }) };
  const press = (grip: Grip, velocity: number): Grip =>
    touch(grip, { binding: pad, move: { kind: 'note', number: 36, velocity, channel: 1, perNote: false } }).grip;
  const down = flush(press(NO_GRIP, 90), 'jump', CONTROLS, { gate: 0.6 });
  assert.deepEqual(down.values, { gate: 0.1 });
  const stillDown = flush(press(down.grip, 90), 'jump', CONTROLS, { gate: 0.1 });
  assert.deepEqual(flush(press(stillDown.grip, 0), 'jump', CONTROLS, { gate: 0.1 }).values, { gate: 0.6 });
});
