import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { blockMessage, noteMessage } from '#daimon/bridge/control/messages.js';
import { MESSAGE_KINDS, messageSchema, REQUEST_KINDS, requestSchema } from '#daimon/bridge/control/protocol.js';
import { readFrame } from '#daimon/bridge/control/request.js';
import { seed } from '#daimon/music/random.js';
import { millis, TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import { FIRST_EPOCH } from '#daimon/transport/edge.js';

const [rules, requests, messages] = readFileSync('docs/protocol.md', 'utf8').split(/^## .* to .*$/m);
const examples = (section: string): unknown[] =>
  Array.from(section.matchAll(/```json\n(.*?)```/gs), ([, text]) => JSON.parse(text));
const kindOf = (example: unknown): unknown => (example as { kind: unknown }).kind;
const refused = (request: object): string => {
  const frame = readFrame(JSON.stringify(request));
  assert.equal(frame.kind, 'refused');
  return frame.kind === 'refused' ? frame.message : '';
};

describe('docs/protocol.md', () => {
  it('shows every request, each example being one', () => {
    const shown = examples(requests);
    for (const example of shown) requestSchema.parse(example);
    assert.deepEqual(new Set(shown.map(kindOf)), new Set(REQUEST_KINDS));
  });

  it('shows every message, each example being one', () => {
    const shown = examples(messages);
    for (const example of shown) messageSchema.parse(example);
    assert.deepEqual(new Set(shown.map(kindOf)), new Set(MESSAGE_KINDS));
  });

  it('has no example outside the two lists', () => {
    assert.deepEqual(examples(rules), []);
  });
});

describe('a refused request', () => {
  it('is told the key, its value and the legal range', () => {
    assert.match(refused({ kind: 'locate', bar: 0 }), /bar is 0; it must be a whole number from 1 to 1024\.$/);
    assert.match(
      refused({ kind: 'seed', value: 1.5 }),
      /value is 1\.5; it must be a whole number from 0 to 4294967295/,
    );
    assert.match(refused({ kind: 'preset' }), /name is missing; it must be a text of 1 to 64 characters/);
    assert.match(refused({ kind: 'latent', values: [0, 'x'] }), /values\.1 is "x"; it must be a number from -10 to 10/);
    assert.match(refused([]), /it is \[\]; it must be an object with a key `kind`/);
  });

  it('is told the nearest kind or key when it is misspelt', () => {
    assert.match(
      refused({ kind: 'strat' }),
      /kind is "strat"; it must be one of hello, start, .* Did you mean 'start'\?$/,
    );
    assert.match(refused({ kind: 'locate', baar: 9, bar: 9 }), /"baar" is no key here\. Did you mean 'bar'\?$/);
  });

  it('may be nested as deep as a frame is long, in any of its parts: it is told that no request is', () => {
    const depth = 32_000;
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const times = Math.floor(depth / open.length);
      const deep = `${open.repeat(times)}1${close.repeat(times)}`;
      for (const text of [
        deep,
        `{"kind":${deep}}`,
        `{"kind":"ping","id":${deep}}`,
        `{"kind":"ping","more":${deep}}`,
        `{"kind":"locate","bar":${deep}}`,
        `{"kind":"latent","values":[${deep}]}`,
        `{"kind":"set","values":{"swing":${deep}}}`,
        `{"kind":"set","values":${deep}}`,
      ]) {
        const frame = readFrame(text);
        assert.ok(frame.kind === 'refused' && /nested more than 8 deep/.test(frame.message), text.slice(0, 40));
      }
      assert.equal(readFrame(open.repeat(depth)).kind, 'refused');
    }
  });

  it('may have a length that can not be compared, at which zod 4.6 throws where it should refuse', () => {
    const length = { valueOf: 1, toString: 1 };
    assert.throws(() => z.string().max(9).safeParse({ length }), TypeError);
    assert.match(refused({ kind: 'preset', name: { length } }), /a length in it is none/);
  });

  it('keeps its id wherever it has one that may be sent back', () => {
    const idOf = (text: string) => readFrame(text).id;
    assert.equal(idOf('{"kind":"strat","id":"a"}'), 'a');
    assert.equal(idOf('{"kind":"locate","id":4}'), 4);
    assert.equal(idOf('{"kind":"ping"}'), null);
    assert.equal(idOf('{"kind":"ping","id":{"deep":1}}'), null);
    assert.equal(idOf(`{"kind":"ping","id":"${'x'.repeat(65)}"}`), null);
    assert.equal(idOf('no json'), null);
  });
});

describe('what the daemon tells', () => {
  it('is a block that survives the way through JSON: bars from 1, channels from 1, the very same latent', () => {
    const shape = { channels: 1, rows: 2, columns: 8 };
    const values = Float32Array.from({ length: 16 }, (_, i) => Math.fround(Math.sin(i)));
    const note = { onset: tick(120), duration: tick(240), pitch: 60, velocity: 90, channel: 9 };
    const block = {
      model: 'folk',
      preset: 'plain',
      seed: seed(5),
      latent: { shape, values },
      knobs: {},
      notes: [note],
    };
    const sent = JSON.parse(JSON.stringify(blockMessage(3, 1, tick(TICKS_PER_BLOCK), block)));
    const read = messageSchema.parse(sent);
    assert.ok(read.kind === 'block');
    assert.equal(read.bar, 17);
    assert.deepEqual(read.notes, [{ onset: 120, duration: 240, pitch: 60, velocity: 90, channel: 10 }]);
    assert.deepEqual(Float32Array.from(read.latent), values);
  });

  it('is a note for note-ons and note-offs, a note-on of velocity 0 being an off, and for nothing else', () => {
    const sent = (status: number, data1: number, data2: number) =>
      noteMessage({
        edge: { tick: tick(0), status, data1, data2 },
        tick: tick(10.4),
        epoch: FIRST_EPOCH,
        time: millis(0),
        late: millis(0),
      });
    assert.deepEqual(sent(0x91, 60, 99), { kind: 'note', on: true, pitch: 60, velocity: 99, channel: 2, tick: 10 });
    assert.equal(sent(0x80, 60, 64)?.on, false);
    assert.equal(sent(0x90, 60, 0)?.on, false);
    assert.equal(sent(0xb0, 123, 0), null);
  });
});
