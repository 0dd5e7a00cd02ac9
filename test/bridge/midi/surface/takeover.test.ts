import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Hold, NEW_HOLD, TAKEOVERS, takeOver, turnBy } from '#daimon/bridge/midi/surface/takeover.js';
import { DECODING } from '#daimon/music/decoding.js';
import { atShare, shareOf } from '#daimon/music/fader.js';
import { FEEL } from '#daimon/music/feel.js';
import { isLegal, type Parameter, type Value } from '#daimon/music/parameter.js';
import { DRAWING } from '#daimon/music/preset.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';

const PARAMETERS: readonly Parameter[] = [
  DRAWING.temperature,
  DRAWING.stream,
  FEEL.swing,
  FEEL.humanise,
  DECODING.transpose,
  DECODING.texture,
  DECODING.key,
];

/** A hand on a fader, and the parameter that it holds. */
function fader(mode: (typeof TAKEOVERS)[number], parameter: Parameter, from: Value) {
  let hold: Hold = NEW_HOLD;
  let value = from;
  return {
    move: (hand: number) => {
      const turned = takeOver(mode, hold, hand, parameter, value);
      hold = turned.hold;
      value = turned.value ?? value;
      return turned.value;
    },
    set: (other: Value) => {
      value = other;
    },
    get value() {
      return value;
    },
    get share() {
      return shareOf(parameter, value) ?? Number.NaN;
    },
  };
}

const someValue = (random: Random, parameter: Parameter): Value => atShare(parameter, random.uniform())!;
/** A hand that moves in steps of a fader, up and down. */
function* walk(random: Random, steps: number): Generator<number> {
  let at = random.below(128);
  for (let i = 0; i < steps; i++) {
    at = Math.min(Math.max(at + random.below(21) - 10, 0), 127);
    yield at / 127;
  }
}

describe('however a fader takes over', () => {
  it('its parameter is legal, and at the end of the way where the fader is', () => {
    const random = randomFrom(seed(1));
    for (const mode of TAKEOVERS) {
      for (const parameter of PARAMETERS) {
        const one = fader(mode, parameter, someValue(random, parameter));
        for (const hand of [...walk(random, 60), 0.5, 0, 1]) {
          one.move(hand);
          assert.ok(isLegal(parameter, one.value));
        }
        assert.equal(one.share, 1, `${mode}, ${parameter.help}`);
        one.move(0.5);
        one.move(0);
        assert.equal(one.share, 0, `${mode}, ${parameter.help}`);
      }
    }
  });

  it('once both stand at one place, they go on together until somebody else turns it', () => {
    const random = randomFrom(seed(2));
    for (const mode of TAKEOVERS) {
      for (const parameter of PARAMETERS) {
        const one = fader(mode, parameter, someValue(random, parameter));
        // from end to end: it must have come by
        for (const hand of [0.5, 0, 1]) one.move(hand);
        for (const hand of walk(random, 60)) {
          one.move(hand);
          assert.equal(one.value, atShare(parameter, hand), `${mode} at ${hand}`);
        }
      }
    }
  });
});

describe('jump', () => {
  it('goes where the fader is, at once', () => {
    const random = randomFrom(seed(3));
    for (const parameter of PARAMETERS) {
      const one = fader('jump', parameter, someValue(random, parameter));
      for (const hand of walk(random, 20)) {
        one.move(hand);
        assert.equal(one.value, atShare(parameter, hand));
      }
    }
  });
});

describe('pick-up', () => {
  it('waits for the fader to come by, and never leaps further than the fader does', () => {
    const random = randomFrom(seed(4));
    for (let i = 0; i < 100; i++) {
      const one = fader('pick-up', FEEL.swing, someValue(random, FEEL.swing));
      let at = random.uniform();
      one.move(at);
      let before = one.share;
      for (const hand of walk(random, 40)) {
        if (random.below(10) === 0) {
          one.set(someValue(random, FEEL.swing));
          before = one.share;
        }
        one.move(hand);
        const passes = (at - before) * (hand - before) <= 1e-9 || Math.abs(hand - before) <= 1 / 127;
        if (!passes) assert.equal(one.share, before);
        else assert.ok(Math.abs(one.share - hand) < 1e-9 || Math.abs(at - before) < 1e-4, `${at} ${hand} ${before}`);
        assert.ok(Math.abs(one.share - before) <= Math.abs(hand - at) + 1 / 127 + 1e-9);
        [at, before] = [hand, one.share];
      }
    }
  });

  it('lets go where another hand, or a preset, has turned the parameter', () => {
    const one = fader('pick-up', FEEL.swing, 50);
    one.move(0);
    one.move(0.4);
    assert.equal(one.value, 60);
    one.set(70);
    assert.equal(one.move(0.5), null);
    assert.equal(one.move(0.7), null);
    assert.equal(one.move(0.85), atShare(FEEL.swing, 0.85));
  });
});

describe('scale', () => {
  it('moves at once, the same way as the fader, ever nearer to it', () => {
    const random = randomFrom(seed(5));
    for (let i = 0; i < 100; i++) {
      const one = fader('scale', FEEL.swing, someValue(random, FEEL.swing));
      let at = random.uniform();
      assert.equal(one.move(at), null, 'where a fader was first heard it has not been moved');
      for (const hand of walk(random, 40)) {
        const [gap, before] = [Math.abs(one.share - at), one.share];
        one.move(hand);
        assert.ok((one.share - before) * (hand - at) >= 0);
        assert.ok(Math.abs(one.share - hand) <= gap + 1e-9);
        at = hand;
      }
    }
  });

  it('turns a choice of few as far as the fader goes, though each step of the fader is too small to', () => {
    const one = fader('scale', DECODING.texture, 'polyphonic');
    one.move(64 / 127);
    for (let step = 65; step <= 127; step++) one.move(step / 127);
    assert.equal(one.value, 'monophonic');
  });
});

describe('an encoder', () => {
  it('comes from end to end, and back by as many steps, in whatever pieces it is turned', () => {
    const random = randomFrom(seed(6));
    for (const parameter of PARAMETERS) {
      let hold = NEW_HOLD;
      let value = atShare(parameter, 0)!;
      const turn = (steps: number): void => {
        const turned = turnBy(hold, steps, parameter, value);
        hold = turned.hold;
        value = turned.value ?? value;
        assert.ok(isLegal(parameter, value));
      };
      for (let i = 0; i < 127; i++) turn(1);
      assert.equal(shareOf(parameter, value), 1);
      for (let left = 127; left > 0; ) {
        const steps = Math.min(left, 1 + random.below(5));
        turn(-steps);
        left -= steps;
      }
      assert.equal(shareOf(parameter, value), 0);
    }
  });

  it('goes on from where another hand has left the parameter', () => {
    const { hold } = turnBy(NEW_HOLD, 10, DECODING.transpose, 0);
    assert.equal(turnBy(hold, 0, DECODING.transpose, -12).value, null);
    const turned = turnBy(hold, 2, DECODING.transpose, -12).value;
    assert.ok(turned === -11 || turned === -10, `${turned}`);
  });

  it('takes four clicks for each of a few', () => {
    let hold = NEW_HOLD;
    let value: Value = 'blocks';
    for (let click = 0; click < 4; click++) {
      const turned = turnBy(hold, 1, DRAWING.stream, value);
      hold = turned.hold;
      value = turned.value ?? value;
    }
    assert.equal(value, 'endless');
  });
});
