import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENCODINGS, type Encoding, guessEncoding, stepsOf } from '#daimon/bridge/midi/surface/encoder.js';
import { randomFrom, seed } from '#daimon/music/random.js';

/** As encoders send it, by their manuals. */
const SENT: Record<Encoding, (steps: number) => number> = {
  'twos-complement': (steps) => (steps + 128) % 128,
  'signed-bit': (steps) => (steps < 0 ? 64 - steps : steps),
  'binary-offset': (steps) => steps + 64,
};

test('in each encoding what was turned is what is understood, from 63 steps left to 63 right', () => {
  for (const encoding of ENCODINGS) {
    for (let steps = -63; steps <= 63; steps++) assert.equal(stepsOf(encoding, SENT[encoding](steps)) + 0, steps);
  }
});

test('an encoder turned right and then left is known by its encoding', () => {
  const random = randomFrom(seed(3));
  for (const encoding of ENCODINGS) {
    for (let turn = 0; turn < 50; turn++) {
      const some = (): number[] => Array.from({ length: 4 }, () => 1 + random.below(3));
      const steps = [1, 1, ...some(), ...some().map((step) => -step), -1, -1];
      assert.equal(guessEncoding(steps.map(SENT[encoding])), encoding, `${steps}`);
    }
  }
});

test('a fader that glides is no encoder, wherever it begins', () => {
  for (let from = 0; from < 124; from++) {
    for (const way of [
      [from, from + 1, from + 2, from + 3],
      [from + 3, from + 2, from + 1, from],
    ])
      assert.equal(guessEncoding(way), null, `${way}`);
  }
});

test('a button says too little to be an encoder', () => {
  for (const values of [[127], [127, 0], [127, 0, 127, 0], [127, 127]]) assert.equal(guessEncoding(values), null);
});
