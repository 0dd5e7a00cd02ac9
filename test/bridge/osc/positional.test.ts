import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { emptied, type Key, place } from '#daimon/bridge/osc/positional.js';

const keysOf = (shape: z.ZodRawShape): readonly Key[] => Object.entries(shape);
const number = z.number();
const text = z.string();

describe('arguments in a row', () => {
  it('go to the keys of a schema in their order', () => {
    const placed = place(keysOf({ to: text, x: number }), ['music-box', 0.4]);
    assert.deepEqual(placed, { values: { to: 'music-box', x: 0.4 }, keys: [], rest: [] });
  });

  it('a list takes all that fit it, and what follows goes to the next key', () => {
    const keys = keysOf({ columns: z.array(number), row: z.exactOptional(z.enum(['low', 'high'])) });
    assert.deepEqual(place(keys, [1, 2, 3, 'low']).values, { columns: [1, 2, 3], row: 'low' });
    assert.deepEqual(place(keys, [[1, 2], 'low']).values, { columns: [1, 2], row: 'low' });
  });

  it('a key that may be left out is, where the next argument is of another kind', () => {
    const keys = keysOf({ name: text, title: z.exactOptional(text), seed: z.exactOptional(z.boolean()) });
    assert.deepEqual(place(keys, ['tuesday', true]).values, { name: 'tuesday', seed: true });
    assert.deepEqual(place(keys, ['tuesday', 'Tuesday']).values, { name: 'tuesday', title: 'Tuesday' });
  });

  it('a record takes pairs of a name and a value', () => {
    const { values } = place(keysOf({ values: z.record(text, z.unknown()) }), ['swing', 58, 'scale', [0, 2, 4]]);
    assert.deepEqual(values, { values: { swing: 58, scale: [0, 2, 4] } });
  });

  it('a number may come as a text, and a name as a number', () => {
    assert.deepEqual(place(keysOf({ bar: number, name: text }), ['33', 808]).values, { bar: 33, name: '808' });
  });

  it('nil is null, and so is nothing, where there may be null; a list that must be there is empty', () => {
    const keys = keysOf({ values: z.array(number).readonly().nullable() });
    assert.deepEqual(place(keys, [null]).values, { values: null });
    assert.deepEqual(emptied(keys), { values: null });
    assert.deepEqual(emptied(keysOf({ columns: z.array(number), row: z.exactOptional(text), bar: number })), {
      columns: [],
    });
  });

  it('what no key is left for stays over, and keys that nothing came for too', () => {
    assert.deepEqual(place(keysOf({ bar: number }), [1, 2]).rest, [2]);
    assert.deepEqual(
      place(keysOf({ to: text, x: number }), ['a']).keys.map(([name]) => name),
      ['x'],
    );
  });
});
