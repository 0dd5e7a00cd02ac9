import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLegal } from '#daimon/music/parameter.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CONTROLS, DESK, studio } from './controller-studio.js';

describe('a controller', () => {
  it('turns what it is bound to; of hundreds of messages the newest counts', () => {
    const { plug, pass, asked, values } = studio([DESK]);
    const desk = plug('desk');
    for (let i = 0; i < 500; i++) assert.ok(desk.say(0xb0, 21, i % 128));
    assert.deepEqual(asked(), []);
    pass(10);
    assert.deepEqual(asked().length, 1);
    assert.ok(Math.abs(Number(values().swing) - (50 + (25 * 115) / 127)) < 0.2);
    assert.ok(!desk.say(0xb0, 99, 1) && !desk.say(0xb0, 70, 1), 'what is not bound is for others');
  });

  it('turns two things in one request, and the n-th knob of the model', () => {
    const { plug, pass, asked } = studio([DESK]);
    const desk = plug('desk');
    desk.say(0xb0, 21, 127);
    desk.say(0xb0, 22, 64);
    desk.say(0xb0, 22, 127);
    pass(10);
    assert.deepEqual(asked(), [{ kind: 'set', values: { swing: 75, 'knobs/density': 1 } }]);
  });

  it('is told once why something cannot be turned, however long a fader goes on; nothing else is held up', () => {
    const { plug, pass, said, values } = studio([DESK]);
    const desk = plug('desk');
    for (let i = 0; i < 100; i++) {
      desk.say(0xb0, 23, i);
      desk.say(0xb0, 21, i);
      pass(10);
    }
    assert.deepEqual(said, ["morph/x can't be turned."]);
    assert.ok(Number(values().swing) > 65);
  });

  it('asks when it is pressed, once until it is let go; and what is to be asked for then', () => {
    const { plug, asked } = studio([DESK]);
    const desk = plug('desk');
    for (const value of [127, 127, 0, 100, 63]) desk.say(0xb0, 60, value);
    desk.say(0x90, 36, 1);
    desk.say(0x80, 36, 0);
    desk.say(0x90, 37, 90);
    desk.say(0x90, 37, 0);
    assert.deepEqual(
      asked().map(({ kind }) => kind),
      ['undo', 'undo', 'next', 'start', 'stop'],
    );
  });

  it('recalls presets by key and by program, and is told where there are too few', () => {
    const { plug, asked, said } = studio([DESK]);
    const desk = plug('desk');
    desk.say(0x90, 41, 90);
    desk.say(0xc0, 2);
    desk.say(0xc0, 2);
    desk.say(0xc0, 9);
    assert.deepEqual(
      asked().map((request) => (request.kind === 'preset' ? request.name : request.kind)),
      ['hearth', 'river', 'river'],
    );
    assert.deepEqual(said, ['There is no preset 10 to recall: there are 3.']);
  });

  it('transposes by key, holds with one pad and switches with another', () => {
    const { plug, values } = studio([DESK]);
    const desk = plug('desk');
    desk.say(0x90, 55, 90);
    desk.say(0x80, 55, 0);
    assert.equal(values().transpose, -5);
    desk.say(0x90, 80, 90);
    assert.equal(values().gate, 0.2);
    desk.say(0x80, 80, 0);
    assert.equal(values().gate, 1);
    desk.say(0x90, 81, 90);
    desk.say(0x80, 81, 0);
    assert.equal(values().texture, 'monophonic');
    desk.say(0x90, 81, 90);
    assert.equal(values().texture, 'polyphonic');
  });

  it('can say whatever it likes: each value stays legal, and what is not MIDI is nothing', () => {
    const { plug, pass, values } = studio([DESK]);
    const desk = plug('desk');
    const random = randomFrom(seed(9));
    for (let i = 0; i < 3000; i++) {
      desk.say(
        ...Array.from({ length: random.below(4) }, (_, at) => (at === 0 ? 128 + random.below(128) : random.below(128))),
      );
      if (random.below(20) === 0) pass(random.below(30));
    }
    for (const [path, value] of Object.entries(values())) {
      const { parameter } = CONTROLS.find((control) => control.path === path)!;
      assert.ok(isLegal(parameter, value), `${path} ${value}`);
    }
  });
});
