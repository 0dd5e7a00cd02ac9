import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Control } from '#daimon/bridge/control/controls.js';
import { type Argument, readPacket, writeMessage } from '#daimon/bridge/osc/packet.js';
import { faderSent, valueFrom, valueSent, valueUnder, whole } from '#daimon/bridge/osc/turned.js';
import { atShare } from '#daimon/music/fader.js';
import { isLegal, type Parameter, type Value } from '#daimon/music/parameter.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { CONTROLS } from '../../support/control.js';

const at = (path: string): Control => CONTROLS.find((control) => control.path === path)!;
const from = (path: string, ...args: Argument[]): Value => valueFrom(at(path), args);

/** Any value that a parameter may have; numbers as precise as 32 bits. */
function legal(parameter: Parameter, random: Random): Value {
  switch (parameter.kind) {
    case 'number': {
      const value = Math.fround(parameter.min + random.uniform() * (parameter.max - parameter.min));
      return Number(Math.min(parameter.max, Math.max(parameter.min, value)).toPrecision(6));
    }
    case 'whole':
      return parameter.min + random.below(parameter.max - parameter.min + 1);
    case 'choice':
      return parameter.options[random.below(parameter.options.length)];
    case 'pattern':
      return ['', 'AABA', 'x...', '..24', '2'].filter((text) => parameter.shape.test(text))[random.below(2)];
    case 'list': {
      if (parameter.names.length > 0 && random.below(2) === 0)
        return parameter.names[random.below(parameter.names.length)];
      const length = parameter.least + random.below(parameter.most - parameter.least + 1);
      return Array.from({ length }, () => parameter.min + random.below(parameter.max - parameter.min + 1));
    }
  }
}

describe('a control over OSC', () => {
  it('is set by what daimon says of it, to the value it had: for all there is to turn and any value', () => {
    const random = randomFrom(seed(3));
    for (const control of CONTROLS) {
      for (let n = 0; n < 50; n++) {
        const value = legal(control.parameter, random);
        assert.ok(isLegal(control.parameter, value), `${control.path} ${value}`);
        const bytes = writeMessage('/a', valueSent(control.parameter, value));
        assert.deepEqual(valueFrom(control, readPacket(bytes)![0].args), value, control.path);
      }
    }
  });

  it('takes a float for a whole number, and a whole number for any', () => {
    assert.equal(from('voices', 3), 3);
    assert.equal(from('swing', 58), 58);
    assert.equal(from('swing', '66.7'), 66.7);
    assert.equal(from('swingUnit', '16'), 16);
    assert.throws(() => from('voices', 3.5), { message: 'voices is 3.5; it must be a whole number from 1 to 64.' });
  });

  it('takes a list, in brackets or without, or a name that stands for one', () => {
    assert.deepEqual(from('scale', 0, 2, 4, 7, 9), [0, 2, 4, 7, 9]);
    assert.deepEqual(from('scale', [0, 2, 4]), [0, 2, 4]);
    assert.equal(from('scale', 'dorian'), 'dorian');
    assert.deepEqual(from('channels'), []);
    assert.throws(() => from('scale', 'dorain'), /scale is \["dorain"\]; it must be a list of 1 to 12/);
  });

  it('takes one value where it is no list', () => {
    assert.throws(() => from('swing', 58, 60), { message: 'swing takes one value, not 2.' });
    assert.throws(() => from('swing', null), /swing is null/);
    assert.throws(() => from('swing', Number.NaN), /swing is null; it must be a number/);
  });
});

describe('a fader over OSC', () => {
  it('goes from end to end of each range, and comes back where it was left', () => {
    const random = randomFrom(seed(4));
    for (const control of CONTROLS.filter(({ parameter }) => atShare(parameter, 0) !== null)) {
      for (const share of [0, 1, random.uniform(), random.uniform()]) {
        const value = valueUnder(control, [share]);
        assert.ok(isLegal(control.parameter, value));
        const [sent] = faderSent(control.parameter, value)!;
        const back = valueUnder(control, [sent.value]);
        if (typeof value === 'number') assert.ok(Math.abs(Number(back) - value) < 1e-9, control.path);
        else assert.equal(back, value, control.path);
      }
    }
    assert.equal(valueUnder(at('swing'), [0.5]), 62.5);
  });

  it('is none where there is no way from end to end, and never over the end', () => {
    assert.throws(() => valueUnder(at('scale'), [0.5]), {
      message: 'scale has no fader: send its value to /daimon/scale.',
    });
    assert.throws(() => valueUnder(at('swing'), [58]), { message: 'fader/swing takes one number from 0 to 1.' });
    assert.equal(faderSent(at('scale').parameter, 'dorian'), null);
  });
});

it('a whole number that 32 bits do not hold goes as a double', () => {
  assert.deepEqual(whole(-(2 ** 31)), { type: 'integer', value: -(2 ** 31) });
  assert.deepEqual(whole(2 ** 31), { type: 'double', value: 2 ** 31 });
  const [{ args }] = readPacket(writeMessage('/a', [whole(4_294_967_295)]))!;
  assert.deepEqual(args, [4_294_967_295]);
});
