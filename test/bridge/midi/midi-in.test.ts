import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { hostMessage, openMidiIn, type PlayedNote, playedNote } from '#daimon/bridge/midi/midi-in.js';
import { millis } from '#daimon/music/units.js';
import type { HostMessage } from '#daimon/transport/clock/follower.js';

const heard = (...bytes: number[]) => hostMessage(Uint8Array.from(bytes), millis(7));
const CHANNELS = Array.from({ length: 16 }, (_, channel) => channel);

describe('MIDI input', () => {
  it("hears a host's pulse, start, continue and stop", () => {
    assert.deepEqual(heard(0xf8), { kind: 'pulse', time: 7 });
    assert.deepEqual(heard(0xfa), { kind: 'start', time: 7 });
    assert.deepEqual(heard(0xfb), { kind: 'continue', time: 7 });
    assert.deepEqual(heard(0xfc), { kind: 'stop', time: 7 });
  });

  it('hears a song position of 16 as bar 2', () => {
    assert.deepEqual(heard(0xf2, 0x10, 0x00), { kind: 'position', tick: 1920, time: 7 });
    assert.deepEqual(heard(0xf2, 0x00, 0x01), { kind: 'position', tick: 128 * 120, time: 7 });
  });

  it('hears keys go down and up on every channel; a note on without velocity is an off', () => {
    const note = (...bytes: number[]) => playedNote(Uint8Array.from(bytes), millis(7));
    for (const channel of CHANNELS) {
      const key = { pitch: 60, channel, time: 7 };
      assert.deepEqual(note(0x90 | channel, 60, 80), { ...key, kind: 'on', velocity: 80 });
      assert.deepEqual(note(0x90 | channel, 60, 0), { ...key, kind: 'off', velocity: 0 });
      assert.deepEqual(note(0x80 | channel, 60, 64), { ...key, kind: 'off', velocity: 64 });
    }
    for (const bytes of [[0xb0, 64, 127], [0xf8], [0xff], [0x90, 60], []]) assert.equal(note(...bytes), null);
  });

  it('takes no note for transport, its own or any other, nor what is cut short', () => {
    for (const bytes of [[0x90, 60, 80], [0x80, 60, 0], [0xb0, 123, 0], [0xf0, 0xf7], [0xfe], [0xf2, 1], []])
      assert.equal(heard(...bytes), null);
  });

  it('without a port says why, and can be closed', async () => {
    const input = await openMidiIn({ kind: 'existing', name: 'no port has this name' }, { say: () => {} });
    assert.equal(input.port, null);
    assert.match(input.missing ?? '', /^(There is no MIDI: |No MIDI input is named like ')/);
    input.close();
  });
});

/** An input on a machine whose one port, Synth, may be there or not; in virtual time. */
async function desk(isThere: boolean) {
  let there = isThere;
  let time = 0;
  let open = 0;
  let hear: ((seconds: number, bytes: Uint8Array) => void) | null = null;
  const said: string[] = [];
  const messages: HostMessage[] = [];
  const notes: PlayedNote[] = [];
  let panics = 0;
  const input = await openMidiIn(
    { kind: 'existing', name: 'synth' },
    {
      say: (sentence) => said.push(sentence),
      system: {
        open: async () => {
          if (!there) return { kind: 'none', reason: 'It is not there.' };
          open++;
          const native = {
            on: (_: 'messageBuffer', listener: typeof hear) => {
              hear = listener;
            },
            destroy: () => {
              open--;
            },
          };
          return { kind: 'open', name: 'Synth', link: null, native };
        },
        openLookout: async () => ({ look: () => ({ names: there ? ['Synth'] : [], links: null }), close: () => {} }),
        now: () => millis(time),
      },
    },
  );
  input.onMessage((message) => messages.push(message));
  input.onNote((note) => notes.push(note));
  input.onPanic(() => panics++);
  return {
    input,
    said,
    /** What was heard since the last time of asking. */
    messages: () => messages.splice(0),
    panics: () => panics,
    notes,
    /** Handles that are held. */
    open: () => open,
    plug: (is: boolean) => {
      there = is;
    },
    second: async () => {
      time += 1000;
      mock.timers.tick(1000);
      await turn();
    },
    /** A message from the port, `sinceLast` ms after the one before. */
    send: (sinceLast: number, ...bytes: number[]) => {
      time += sinceLast;
      hear?.(sinceLast / 1000, Uint8Array.from(bytes));
    },
  };
}

describe('the port of a MIDI input', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('is heard when it comes after the start, goes, and comes again; one handle is held at most', async () => {
    const { input, said, messages, plug, second, send, open } = await desk(false);
    assert.deepEqual([input.port, input.missing], [null, 'It is not there.']);
    for (const round of [1, 2]) {
      plug(true);
      await second();
      assert.deepEqual([input.port, input.missing, open()], ['Synth', null, 1]);
      send(0, 0xfa);
      assert.deepEqual(
        messages().map(({ kind }) => kind),
        ['start'],
      );
      plug(false);
      await second();
      assert.deepEqual([input.port, open()], [null, 0]);
      assert.equal(said.length, 2 * round);
    }
    input.close();
  });

  it('gives each message as it came, whatever it is, before it is taken for a note', async () => {
    const { input, send } = await desk(true);
    const heard: unknown[] = [];
    input.onBytes((bytes) => heard.push([...bytes]));
    input.onNote(({ pitch }) => heard.push(pitch));
    for (const bytes of [
      [0xb0, 20, 5],
      [0x90, 60, 9],
      [0xf0, 1, 0xf7],
    ])
      send(0, ...bytes);
    assert.deepEqual(heard, [[0xb0, 20, 5], [0x90, 60, 9], 60, [0xf0, 1, 0xf7]]);
    input.close();
  });

  it('passes notes on with the time at which they arrived, and to nobody else', async () => {
    const { input, messages, notes, send } = await desk(true);
    send(0, 0xf8);
    send(15, 0x92, 64, 100);
    send(30, 0x82, 64, 0);
    assert.deepEqual(
      notes.map(({ kind, pitch, channel, time }) => [kind, pitch, channel, time]),
      [
        ['on', 64, 2, 15],
        ['off', 64, 2, 45],
      ],
    );
    assert.equal(messages().length, 1);
    input.close();
  });

  it('counts the arrivals of each connection from its own first message', async () => {
    const { input, messages, plug, second, send } = await desk(true);
    send(0, 0xf8);
    send(20, 0xf8);
    plug(false);
    await second();
    plug(true);
    await second();
    send(0, 0xf8);
    send(20, 0xf8);
    assert.deepEqual(
      messages().map(({ time }) => time),
      [0, 20, 2020, 2040],
    );
    input.close();
  });

  it('is closed with the input, also while it is being opened', async () => {
    const { input, plug, open } = await desk(false);
    plug(true);
    mock.timers.tick(1000);
    input.close();
    await turn();
    assert.equal(open(), 0);
  });

  it('tells of a System Reset, which is no message of the transport', async () => {
    const { input, messages, panics, send } = await desk(true);
    send(0, 0xff);
    assert.deepEqual([messages(), panics()], [[], 1]);
    input.close();
  });

  it('brings nothing when a host silences all channels at play, as REAPER does, but for the play', async () => {
    const { input, messages, panics, send } = await desk(true);
    for (const controller of [120, 123]) for (const channel of CHANNELS) send(0, 0xb0 | channel, controller, 0);
    send(0, 0xfa);
    assert.deepEqual([messages(), panics()], [[{ kind: 'start', time: 0 }], 0]);
    input.close();
  });
});
