import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { OscPacketInput } from 'osc-min';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import type { Peer } from '#daimon/bridge/osc/nearby.js';
import { OscRoom } from '#daimon/bridge/osc/osc-room.js';
import { type Argument, readPacket } from '#daimon/bridge/osc/packet.js';
import { DaimonError } from '#daimon/errors.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis } from '#daimon/music/units.js';
import { CONTROLS, HELLO, STATE } from '../../support/control.js';
import { bytesOf, message, newPackets } from '../../support/packets.js';

const PANEL = { address: '127.0.0.1', port: 5000 };
/** A room, and what it asks of the daemon and sends. Time stands until it is moved. */
function open(obey: (request: PlayerRequest) => unknown = () => {}, fixed: readonly Peer[] = []) {
  const asked: PlayerRequest[] = [];
  const sent: { readonly to: number; readonly address: string; readonly args: readonly Argument[] }[] = [];
  const said: string[] = [];
  let now = 1000;
  const room = new OscRoom({
    hello: () => HELLO,
    controls: () => CONTROLS,
    values: () => HELLO.values,
    onRequest: (request) => {
      asked.push(request);
      return obey(request);
    },
    limits: { subscribers: 16, renewMs: 60_000 },
    fixed,
    send: (bytes, { port }) => {
      sent.push({ to: port, ...readPacket(bytes)![0] });
      return true;
    },
    say: (text) => said.push(text),
    now: () => millis(now),
  });
  return {
    room,
    asked,
    said,
    /** What was sent since the last time, as lines. */
    heard: () => sent.splice(0).map(({ to, address, args }) => [`${to}:`, address, ...args].join(' ')),
    wait: (ms: number) => {
      now += ms;
    },
    hear: (...messages: readonly OscPacketInput[]) => {
      for (const one of messages) room.read({ bytes: bytesOf(one), sender: PANEL });
      room.settle();
    },
  };
}

describe('what comes over OSC', () => {
  it('is asked of the daemon in its order, values that came together at once, the newest of each', () => {
    const { asked, hear } = open();
    hear(
      message('swing', 55),
      message('lowest', 40),
      message('swing', 58),
      message('next'),
      message('fader/swing', 0.5),
      { timetag: [0, 1], elements: [message('highest', 80), message('preset', 'plain'), message('voices', 3)] },
    );
    assert.deepEqual(asked, [
      { kind: 'set', values: { swing: 58, lowest: 40 } },
      { kind: 'next' },
      { kind: 'set', values: { swing: 62.5, highest: 80 } },
      { kind: 'preset', name: 'plain' },
      { kind: 'set', values: { voices: 3 } },
    ]);
  });

  it('is done one by one where the daemon refuses it together, and what is wrong is answered', () => {
    const { hear, heard, asked } = open((request) => {
      if (request.kind === 'set' && 'tempo' in request.values)
        throw new DaimonError('clock', 'The tempo is the host’s.');
    });
    hear(message('swing', 58), message('tempo', 120), message('gate', 0.5));
    assert.deepEqual(asked.slice(1), [
      { kind: 'set', values: { swing: 58 } },
      { kind: 'set', values: { tempo: 120 } },
      { kind: 'set', values: { gate: 0.5 } },
    ]);
    assert.deepEqual(heard(), ['5000: /daimon/error clock The tempo is the host’s.']);
  });

  it('is answered where it is wrong, also when that turns out later; and what went well is not', async () => {
    const { hear, heard } = open(({ kind }) => {
      if (kind === 'model') return Promise.reject(new DaimonError('model', 'It is damaged.'));
      if (kind === 'undo') throw new TypeError('a slip');
      return undefined;
    });
    hear(message('swing', 99), message('nekst'), message('model', 'folk'), message('undo'), message('next'));
    await setImmediate();
    assert.deepEqual(heard(), [
      '5000: /daimon/error parameter swing is 99; it must be a number from 50 to 75.',
      "5000: /daimon/error protocol There is nothing at /daimon/nekst. Did you mean 'next'?",
      '5000: /daimon/error internal Something in daimon itself is broken; please report: TypeError: a slip',
      '5000: /daimon/error model It is damaged.',
    ]);
  });

  it('is answered where it asks', () => {
    const { hear, heard } = open();
    hear(message('ping'), message('knobs/density'), message('get', 'swing', 'scale'));
    assert.deepEqual(heard(), [
      '5000: /daimon/ok ping',
      '5000: /daimon/knobs/density 0.25',
      '5000: /daimon/fader/knobs/density 0.625',
      '5000: /daimon/swing 50',
      '5000: /daimon/fader/swing 0',
    ]);
    hear(message('get-state'), message('history'));
    const lines = heard();
    assert.ok(lines.includes('5000: /daimon/state/seed 7'));
    assert.equal(lines.at(-1), '5000: /daimon/error protocol What history asks for is told over the WebSocket only.');
  });

  it('from elsewhere, or for elsewhere, gets no answer; the player is told once', () => {
    const { room, hear, heard, said } = open();
    for (const address of ['8.8.8.8', '224.0.0.251'])
      for (const one of [message('nekst'), message('ping'), message('subscribe', 9000), message('swing', 99)])
        room.read({ bytes: bytesOf(one), sender: { address, port: 53 } });
    hear({ address: '/fail' }, message('error', 'x'), message('state/bar', 1), { address: '/accxyz' });
    room.read({ bytes: Uint8Array.of(1, 2, 3), sender: PANEL });
    assert.deepEqual(heard(), []);
    assert.deepEqual(said, ['From 127.0.0.1:5000 came what is no OSC for daimon: its addresses begin with /daimon/.']);
  });
});

describe('who subscribes over OSC', () => {
  it('is told all that stands, and then what changes, at a port of its own address', () => {
    const { room, hear, heard } = open();
    hear(message('subscribe', 9000));
    const all = heard();
    assert.ok(all.includes('9000: /daimon/swing 50') && all.includes('9000: /daimon/state/bar 1'));
    room.broadcast({ kind: 'values', values: { ...HELLO.values, swing: 58 } });
    room.broadcast({ kind: 'state', ...STATE, position: { bar: 1, beat: 2, tick: 0 } });
    room.broadcast({ kind: 'note', on: true, pitch: 60, velocity: 90, channel: 1, tick: 0 });
    assert.deepEqual(
      heard(),
      [
        '9000: /daimon/swing 58',
        '9000: /daimon/fader/swing 0.3199999928474426',
        '9000: /daimon/state/beat 2',
        '9000: /daimon/note 1 60 90',
      ].map((line) => line.replace('0.3199999928474426', '0.32')),
    );
    hear(message('unsubscribe', 9000));
    room.broadcast({ kind: 'notice', text: 'x' });
    assert.deepEqual(heard(), []);
  });

  it('is forgotten after a minute of silence', () => {
    const { room, hear, heard, wait } = open();
    hear(message('subscribe'));
    wait(60_000);
    heard();
    room.broadcast({ kind: 'notice', text: 'x' });
    assert.deepEqual(heard(), []);
  });

  it('has no fader moved under the hand that moves it, but the value told, and what another hand does', () => {
    const { room, hear, heard } = open();
    hear(message('subscribe'));
    heard();
    hear(message('fader/swing', 0.5));
    room.broadcast({ kind: 'values', values: { ...HELLO.values, swing: 62.5 } });
    assert.deepEqual(heard(), ['5000: /daimon/swing 62.5']);
    room.broadcast({ kind: 'values', values: { ...HELLO.values, swing: 50 } });
    assert.deepEqual(heard(), ['5000: /daimon/swing 50', '5000: /daimon/fader/swing 0']);
  });

  it('has a fader that was refused moved back', () => {
    const { hear, heard } = open(() => {
      throw new DaimonError('clock', "The tempo is the host's.");
    });
    hear(message('subscribe'));
    heard();
    hear(message('fader/swing', 0.5), message('offset', 10));
    const refused = "5000: /daimon/error clock The tempo is the host's.";
    assert.deepEqual(heard(), [refused, refused, '5000: /daimon/offset 0', '5000: /daimon/fader/swing 0']);
  });

  it('or was named at the start, is told all at the start', () => {
    const { room, heard } = open(undefined, [{ address: '10.0.0.9', port: 9000 }]);
    room.greet();
    assert.ok(heard().includes('9000: /daimon/presets plain'));
  });
});

describe('a flood over OSC', () => {
  it('is answered within bounds, however many ask and however often', () => {
    const { room, heard, wait } = open();
    const asking = ['nekst', 'ping', 'swing', 'get', 'get-state', 'subscribe', 'unsubscribe'].map((path) =>
      bytesOf(message(path)),
    );
    for (let n = 0; n < 5000; n++) {
      room.read({ bytes: asking[n % asking.length]!, sender: { address: '10.0.0.1', port: 1 + (n % 1000) } });
      if (n % 5 === 0) wait(1);
    }
    // of a second: 16 + 8 errors, 1024 + 256 answers
    assert.ok(heard().length <= 24 + 1280);
  });

  it('of 50,000 packets, random or a few bits from good ones, throws nothing and leaves daimon as it was', () => {
    const random = randomFrom(seed(6));
    const { room, asked, heard, wait } = open(({ kind }) => {
      if (random.below(4) === 0) throw new DaimonError('history', 'Nothing plays yet.');
      return kind === 'model' ? Promise.resolve() : undefined;
    });
    const packet = newPackets(random);
    for (let n = 0; n < 50_000; n++) {
      room.read({ bytes: packet(), sender: { address: '127.0.0.1', port: random.below(65_536) } });
      if (n % 8 === 0) room.settle();
      wait(1);
    }
    room.settle();
    assert.ok(asked.length > 1000);
    heard();
    asked.length = 0;
    wait(60_000);
    room.broadcast({ kind: 'notice', text: 'nobody is left to be told' });
    assert.deepEqual(heard(), []);
    room.read({ bytes: bytesOf(message('next')), sender: PANEL });
    assert.deepEqual(asked, [{ kind: 'next' }]);
  });
});
