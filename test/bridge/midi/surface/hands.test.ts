import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { controlsOf, type Values } from '#daimon/bridge/control/controls.js';
import { type MessageOf, messageSchema, type PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { openHands } from '#daimon/bridge/midi/surface/hands.js';
import type { ControlMap } from '#daimon/bridge/midi/surface/map-file.js';
import { DaimonError } from '#daimon/errors.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { isLegal } from '#daimon/music/parameter.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { HELLO } from '../../../support/control.js';
import { ask, cc, mapOf, note, turn } from './some-bindings.js';

const CONTROLS = controlsOf({
  knobs: [{ name: 'density', low: 'sparse', high: 'dense', help: 'notes a bar' }],
  components: [],
  decoding: DEFAULT_DECODING,
});
const PRESETS = ['plain', 'hearth', 'river'].map((name) => ({ name, title: name, description: name }));

/** A daemon that takes what it is asked for, and controllers at it, in virtual time. */
function studio(maps: readonly ControlMap[]) {
  let time = 0;
  let values: Values = { swing: 50, 'knobs/density': 0, transpose: 0, texture: 'polyphonic', tempo: 120, gate: 1 };
  let state = { ...HELLO.state, preset: 'plain', clock: 'running' as 'running' | 'stopped' };
  let waiting: { readonly at: number; readonly then: () => void }[] = [];
  const asked: PlayerRequest[] = [];
  const said: string[] = [];
  const told: MessageOf<'bindings'>[] = [];
  const saved: ControlMap[] = [];
  const hands = openHands({
    hello: () => ({ ...HELLO, values, presets: PRESETS, state }),
    onRequest: (request) => {
      asked.push(request);
      if (request.kind === 'set') {
        for (const path of Object.keys(request.values)) {
          if (!(path in values)) throw new DaimonError('parameter', `${path} can't be turned.`);
        }
        values = { ...values, ...request.values };
        hands.broadcast({ kind: 'values', values });
      }
      if (request.kind === 'preset') state = { ...state, preset: request.name };
      if (request.kind === 'stop') state = { ...state, clock: 'stopped' };
      hands.broadcast({ kind: 'state', ...state });
    },
    controls: () => CONTROLS,
    maps,
    tell: (message) => told.push(messageSchema.parse(message) as MessageOf<'bindings'>),
    say: (sentence) => said.push(sentence),
    save: async (map) => void saved.push(map),
    now: () => time,
    wait: (ms, then) => {
      const one = { at: time + ms, then };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
  });
  const pass = (ms: number): void => {
    const end = time + ms;
    for (;;) {
      const due = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      waiting = waiting.filter((other) => other !== due);
      time = Math.max(time, due.at);
      due.then();
    }
    time = end;
  };
  /** A controller at a port of this name. */
  const plug = (name: string) => {
    const shown: string[] = [];
    const port = {
      wanted: name,
      name: name as string | null,
      send: (bytes: Uint8Array) => void shown.push(bytes.join(' ')),
    };
    const hand = hands.add(port);
    return {
      say: (...bytes: number[]) => hand.hear(Uint8Array.from(bytes)),
      /** What it was shown since the last time of asking. */
      shown: () => shown.splice(0),
      come: (there: boolean) => {
        port.name = there ? name : null;
        hand.changed();
      },
    };
  };
  return {
    hands,
    plug,
    pass,
    said,
    told,
    saved,
    asked: () => asked.splice(0),
    values: () => values,
    turned: (path: string, value: number | string) => {
      values = { ...values, [path]: value };
      hands.broadcast({ kind: 'values', values });
    },
    settled: async () => {
      await settled();
    },
  };
}

const DESK = mapOf(
  [
    { source: cc(21), target: turn('swing') },
    { source: cc(22), target: turn('knob 1') },
    { source: cc(23), target: turn('morph/x') },
    { source: note(36), target: ask({ kind: 'next' }) },
    { source: note(37), target: ask({ kind: 'start' }, { kind: 'stop' }) },
    { source: note(40, 42), target: { kind: 'recall', first: 1 } },
    { source: note(48, 72), target: turn('transpose', { root: 60 }) },
    { source: { kind: 'program', number: null, channel: null }, target: { kind: 'recall', first: 1 } },
    { source: cc(60), target: ask({ kind: 'undo' }) },
    { source: note(80), target: turn('gate', { momentary: true, from: 1, to: 0.2 }) },
    { source: note(81), target: turn('texture') },
  ],
  { takeover: 'jump' },
);

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

describe('what a controller is shown', () => {
  it('is where things stand, at first and whenever they change, on the channel that it speaks on', () => {
    const { plug, pass, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(100);
    const first = desk.shown();
    for (const message of ['176 21 0', '176 22 64', '144 40 127', '144 41 0', '144 60 127', '144 37 127'])
      assert.ok(first.includes(message), message);
    turned('swing', 62.5);
    pass(50);
    assert.deepEqual(desk.shown(), ['176 21 64']);
    desk.say(0xb4, 21, 100);
    pass(1000);
    turned('swing', 50);
    pass(50);
    assert.deepEqual(desk.shown(), ['180 21 0']);
  });

  it('is not what it said itself, and nothing while a hand is on it', () => {
    const { plug, pass, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(100);
    desk.shown();
    desk.say(0xb0, 21, 90);
    pass(500);
    assert.deepEqual(desk.shown(), []);
    desk.say(0xb0, 21, 91);
    pass(20);
    turned('swing', 50);
    pass(200);
    assert.deepEqual(desk.shown(), []);
    pass(200);
    assert.deepEqual(desk.shown(), ['176 21 0']);
  });

  it('is everything again once it has come back, and its lights are put out at the end', async () => {
    const { plug, pass, hands } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(200);
    const first = desk.shown();
    desk.come(false);
    pass(200);
    assert.deepEqual(desk.shown(), []);
    desk.come(true);
    pass(200);
    assert.deepEqual(desk.shown(), first);
    await hands.close();
    assert.ok(desk.shown().includes('144 40 0'));
  });

  it('ends where it comes back by itself: a port that is a loop is not gone round', () => {
    const { plug, pass, asked, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    for (let i = 0; i < 200; i++) {
      pass(25);
      for (const message of desk.shown()) desk.say(...message.split(' ').map(Number));
    }
    assert.deepEqual(asked(), []);
    turned('texture', 'monophonic');
    let rounds = 0;
    for (let i = 0; i < 200; i++) {
      pass(25);
      for (const message of desk.shown()) {
        desk.say(...message.split(' ').map(Number));
        rounds++;
      }
    }
    assert.ok(rounds < 5, `${rounds}`);
    assert.deepEqual(asked(), []);
  });
});

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
