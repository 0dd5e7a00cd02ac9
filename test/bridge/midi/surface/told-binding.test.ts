import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BindingKeys, bindingKeys } from '#daimon/bridge/midi/surface/binding-keys.js';
import { bindingOf, keysOfBinding } from '#daimon/bridge/midi/surface/told-binding.js';

const SOURCES: readonly BindingKeys[] = [
  { cc: 20 },
  { cc: 20, channel: 3, relative: 'signed-bit' },
  { cc14: 1 },
  { nrpn: 300 },
  { note: 36 },
  { notes: [36, 67] },
  { bend: true },
  { pressure: 'channel' },
  { pressure: 60 },
  { program: 'any' },
  { program: 5, channel: 16 },
];
const TARGETS: readonly BindingKeys[] = [
  { turns: 'knob 3' },
  { turns: 'tempo', from: 60, to: 180 },
  { turns: 'transpose', root: 60 },
  { turns: 'follow', momentary: true },
  { asks: { kind: 'vary', amount: 0.25 } },
  { asks: { kind: 'stop' }, lifts: { kind: 'start' } },
  { asks: { kind: 'set', values: { 'knobs/density': 0.4, scale: 'dorian' } } },
  { recalls: 'presets' },
  { recalls: 'presets', first: 9 },
];

test('every binding that can be told is told back in the same words', () => {
  for (const source of SOURCES) {
    for (const target of TARGETS) {
      const binding = bindingOf(bindingKeys.parse({ ...source, ...target }));
      if ('program' in source && 'turns' in target)
        assert.equal(binding, 'a program turns nothing: use asks, or recalls.');
      else if (typeof binding === 'string') assert.fail(binding);
      else assert.deepEqual(keysOfBinding(binding), { ...source, ...target });
    }
  }
});

test('what is no binding is told why, in a sentence', () => {
  const why = (keys: object): unknown => bindingOf(bindingKeys.parse(keys));
  assert.match(String(why({ turns: 'swing' })), /^it must have one of the keys cc, .*, and just one\.$/);
  assert.match(String(why({ cc: 1, note: 2, turns: 'swing' })), /and just one\.$/);
  assert.match(String(why({ cc: 1 })), /^it must have one of the keys turns, asks, recalls, and just one\.$/);
  assert.match(String(why({ note: 1, relative: 'signed-bit', turns: 'swing' })), /^relative goes with cc only\.$/);
  assert.match(String(why({ notes: [70, 60], turns: 'swing' })), /the lower key comes first\.$/);
  assert.match(String(why({ cc: 1, asks: { kind: 'nexd' } })), /^asks: kind is "nexd"; it must be one of /);
  assert.match(
    String(why({ cc: 1, asks: { kind: 'learn' } })),
    /^asks: kind is "learn"; it must be one of start, stop, next/,
  );
  assert.match(
    String(why({ cc: 1, asks: { kind: 'vary', amount: 2 } })),
    /^asks: amount is 2; it must be a number from 0 to 1/,
  );
  assert.match(String(why({ cc: 1, asks: { kind: 'next' }, lifts: { kind: 'ping' } })), /^lifts: kind is "ping"/);
});
