import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DaimonError } from '#daimon/errors.js';
import { DESK, studio } from './controller-studio.js';
import { cc, turn } from './some-bindings.js';

describe('learning', () => {
  it('binds what is moved next, saves it at once, and moves nothing meanwhile', async () => {
    const { hands, plug, pass, asked, said, saved, told, settled } = studio([DESK]);
    const desk = plug('desk');
    hands.learn({ kind: 'learn', path: 'tempo' });
    assert.deepEqual(told.at(-1)?.armed, { path: 'tempo' });
    for (const value of [10, 11, 12]) desk.say(0xb2, 21, value);
    pass(700);
    assert.deepEqual(asked(), []);
    assert.deepEqual(said, ['CC 21 on channel 3 turned swing; it now turns tempo.']);
    assert.equal(told.at(-1)?.armed, null);
    await settled();
    assert.deepEqual(
      saved.map(({ name, bindings }) => [name, bindings.at(-1)]),
      [['desk', { source: cc(21, 3), target: turn('tempo') }]],
    );
    desk.say(0xb2, 21, 64);
    pass(10);
    assert.deepEqual(asked(), [{ kind: 'set', values: { tempo: 160 } }]);
  });

  it('binds a request to a pad, with what is asked for when it is let go', () => {
    const { hands, plug, pass, asked, said } = studio([DESK]);
    const desk = plug('desk');
    hands.learn({ kind: 'learn', request: { kind: 'start' }, lift: { kind: 'stop' } });
    desk.say(0x99, 44, 100);
    desk.say(0x89, 44, 0);
    pass(700);
    assert.deepEqual(said, ['Note 44 on channel 10 now asks for start.']);
    desk.say(0x99, 44, 100);
    desk.say(0x89, 44, 0);
    assert.deepEqual(
      asked().map(({ kind }) => kind),
      ['start', 'stop'],
    );
  });

  it('at a controller without a map of its own begins one, and leaves the default to others', () => {
    const { hands, plug, pass, asked } = studio([{ ...DESK, name: 'default', port: null }]);
    const [one, other] = [plug('Beat Step'), plug('Daimon In')];
    hands.learn({ kind: 'learn', path: 'gate' });
    one.say(0xb0, 21, 5);
    pass(700);
    const { controllers, maps } = hands.bindings;
    assert.deepEqual(
      controllers.map(({ map }) => map),
      ['beat-step', 'default'],
    );
    assert.deepEqual(maps, ['default', 'beat-step']);
    other.say(0xb0, 21, 127);
    pass(10);
    assert.deepEqual(asked(), [{ kind: 'set', values: { swing: 75 } }]);
  });

  it('is let go with null; and refuses what cannot be learned', () => {
    const { hands, plug, pass, said } = studio([DESK]);
    const desk = plug('desk');
    hands.learn({ kind: 'learn', path: 'swing' });
    hands.learn({ kind: 'learn', path: null });
    desk.say(0xb0, 70, 5);
    pass(3000);
    assert.deepEqual(said, []);
    const refused = (code: string, sentence: RegExp) => (error: unknown) =>
      error instanceof DaimonError && error.code === code && sentence.test(error.message);
    const learn = (told: object) => () => hands.learn({ kind: 'learn', ...told });
    assert.throws(learn({ path: 'swimg' }), refused('parameter', /Did you mean 'swing'\?$/));
    assert.throws(learn({ path: 'rests' }), refused('parameter', /bind a request to it/));
    assert.throws(learn({ request: { kind: 'nexd' } }), refused('protocol', /kind is "nexd"/));
    assert.throws(learn({ request: { kind: 'learn' } }), refused('protocol', /kind is "learn"/));
    assert.throws(learn({ path: 'swing', request: { kind: 'next' } }), refused('protocol', /leave one of them out/));
  });

  it('is undone by what it was bound to, on every controller', async () => {
    const { hands, plug, pass, asked, saved, settled } = studio([DESK]);
    const desk = plug('desk');
    hands.unlearn({ kind: 'unlearn', path: 'knobs/density' });
    hands.unlearn({ kind: 'unlearn', request: { kind: 'next' } });
    desk.say(0xb0, 22, 5);
    desk.say(0x90, 36, 5);
    pass(100);
    assert.deepEqual(asked(), []);
    await settled();
    assert.deepEqual(saved.at(-1)?.bindings.length, DESK.bindings.length - 2);
    assert.throws(
      () => hands.unlearn({ kind: 'unlearn', path: 'knobs/density' }),
      (error) => error instanceof DaimonError && error.code === 'map',
    );
  });

  it('says that a map could not be written, and goes on with what was learned', async () => {
    const { hands, plug, pass, said, asked, settled, saved } = studio([DESK]);
    saved.push = () => {
      throw new Error('The disk is full.');
    };
    const desk = plug('desk');
    hands.learn({ kind: 'learn', path: 'gate' });
    desk.say(0xb0, 70, 5);
    pass(700);
    await settled();
    assert.deepEqual(said, ['CC 70 on channel 1 now turns gate.', 'The disk is full.']);
    desk.say(0xb0, 70, 0);
    pass(10);
    assert.deepEqual(asked(), [{ kind: 'set', values: { gate: 0.1 } }]);
  });
});
