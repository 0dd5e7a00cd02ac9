import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { requestSchema } from '#daimon/bridge/control/protocol.js';
import type { Argument } from '#daimon/bridge/osc/packet.js';
import { STATE_NAMES, TOLD } from '#daimon/bridge/osc/told.js';
import { REQUEST_ARGUMENTS, type Wish, wishOf } from '#daimon/bridge/osc/wish.js';
import { CONTROLS } from '../../support/control.js';

const wish = (address: string, ...args: Argument[]): Wish | null => wishOf({ address, args }, CONTROLS);
const asked = (address: string, ...args: Argument[]): object | null => {
  const found = wish(address, ...args);
  return found?.kind === 'request' ? found.request : null;
};
const turned = (address: string, ...args: Argument[]): readonly unknown[] | null => {
  const found = wish(address, ...args);
  return found?.kind === 'turn' ? [found.control.path, found.value] : null;
};

/** A value of JSON as arguments: a record as pairs, within which lists are in brackets; a request as JSON. */
const flat = (value: unknown): Argument[] =>
  Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? 'kind' in value
        ? [JSON.stringify(value)]
        : Object.entries(value).flat()
      : [value as Argument];

describe('requests over OSC', () => {
  it('are all that the WebSocket has: each example of docs/protocol.md, its values in the order of the schema', () => {
    const [, requests] = readFileSync('docs/protocol.md', 'utf8').split(/^## .* to .*$/m);
    const examples = Array.from(requests.matchAll(/```json\n(.*?)```/gs), ([, text]) => JSON.parse(text));
    assert.ok(examples.length > 20);
    for (const { id: _, ...example } of examples.filter(({ kind }) => kind !== 'subscribe')) {
      const keys = REQUEST_ARGUMENTS.get(example.kind)!.map(([name]) => name);
      const args = keys.filter((name) => name in example).flatMap((name) => flat(example[name]));
      assert.deepEqual(asked(`/daimon/request/${example.kind}`, ...args), requestSchema.parse(example));
    }
  });

  it('have the short address too, where no control has it', () => {
    assert.deepEqual(asked('/daimon/preset', 'music-box'), { kind: 'preset', name: 'music-box' });
    assert.deepEqual(asked('/daimon/hold', 1, 2, 3, 4), { kind: 'hold', columns: [1, 2, 3, 4] });
    assert.deepEqual(asked('/daimon/hold'), { kind: 'hold', columns: [] });
    assert.deepEqual(asked('/daimon/morph'), { kind: 'morph', to: null });
    assert.deepEqual(asked('/daimon/seed', 4_294_967_295), { kind: 'seed', value: 4_294_967_295 });
    assert.deepEqual(asked('/daimon/subscribe', 9000), { kind: 'subscribe', port: 9000 });
    assert.deepEqual(turned('/daimon/vary', 0.25), ['vary', 0.25]);
    assert.deepEqual(asked('/daimon/request/vary', 0.25), { kind: 'vary', amount: 0.25 });
  });

  it('are buttons where the address says it all: pressed they do it, let go nothing', () => {
    for (const pressed of [[], [1], [0.7], [127], [true]]) {
      assert.deepEqual(asked('/daimon/next', ...pressed), { kind: 'next' });
      assert.deepEqual(asked('/daimon/preset/music-box', ...pressed), { kind: 'preset', name: 'music-box' });
      assert.deepEqual(asked('/daimon/hold/1/2', ...pressed), { kind: 'hold', columns: [1, 2] });
      assert.deepEqual(turned('/daimon/scale/dorian', ...pressed), ['scale', 'dorian']);
    }
    for (const address of ['next', 'preset/music-box', 'hold/1/2', 'scale/dorian'])
      for (const released of [0, false]) assert.equal(wish(`/daimon/${address}`, released), null);
    assert.deepEqual(asked('/daimon/morph/music-box', 0.4), { kind: 'morph', to: 'music-box', x: 0.4 });
    assert.deepEqual(asked('/daimon/morph/music-box', 0), { kind: 'morph', to: 'music-box', x: 0 });
  });

  it('are refused with the legal range, the keys, or the nearest address', () => {
    const refusals: readonly [address: string, args: readonly Argument[], message: string | RegExp][] = [
      ['locate', [0], '/daimon/locate is refused: bar is 0; it must be a whole number from 1 to 1024.'],
      ['locate', [], '/daimon/locate is refused: bar is missing; it must be a whole number from 1 to 1024.'],
      ['locate', [1, 2], '/daimon/locate takes no more than bar.'],
      ['next', ['now'], 'A button sends one number, 0 when it is let go.'],
      ['next', [1, 2], 'A button sends one number, 0 when it is let go.'],
      ['set', ['swing'], /values\.swing is missing/],
      ['nekst', [], "There is nothing at /daimon/nekst. Did you mean 'next'?"],
      ['swin', [58], "There is nothing at /daimon/swin. Did you mean 'swing'?"],
      ['fader/swin', [0.5], "There is nothing to turn at 'swin'. Did you mean 'swing'?"],
      ['sw*', [58], '/daimon/sw* is a pattern, which daimon does not read: name each address.'],
      ['x'.repeat(10_000), [], /^There is nothing at \/daimon\/x{49}\.\.\.\.$/],
      ['', [], 'There is nothing at /daimon/.'],
    ];
    for (const [address, args, message] of refusals)
      assert.throws(() => wish(`/daimon/${address}`, ...args), { name: 'DaimonError', message }, address);
  });
});

describe('controls over OSC', () => {
  it('each have their path, to set them and, without a value, to ask where they stand', () => {
    for (const { path, default: value } of CONTROLS) {
      if (path !== 'channels') assert.deepEqual(turned(`/daimon/${path}`, ...flat(value)), [path, value]);
      assert.deepEqual(asked(`/daimon/${path}`), { kind: 'get', paths: [path] });
    }
  });

  it('have no name that daimon speaks under, nor one that begins an address of its own', () => {
    const taken = ['fader', 'request', 'state', 'subscribe', 'unsubscribe', ...Object.keys(TOLD)];
    assert.deepEqual(
      [...CONTROLS.map(({ path }) => path), ...requestSchema.options.map(({ shape }) => shape.kind.value)].filter(
        (path) => taken.includes(path.split('/')[0]),
      ),
      // topics are the WebSocket's; who subscribes here is told all
      ['subscribe'],
    );
  });
});

it('what daimon itself says, and what is for others, asks for nothing', () => {
  for (const name of STATE_NAMES) assert.equal(wish(`/daimon/state/${name}`, 1), null);
  for (const name of Object.keys(TOLD)) assert.equal(wish(`/daimon/${name}`, 'x'), null);
  for (const address of ['/fail', '/1/fader1', '/', '/daimonic', '/daimon']) assert.equal(wish(address, 1), null);
});
