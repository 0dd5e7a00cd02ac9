import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DECODING } from '#daimon/music/decoding.js';
import { FEEL } from '#daimon/music/feel.js';
import { defaultsOf, isLegal, legalValues, mapTable, namesOf, type Parameter } from '#daimon/music/parameter.js';
import { PLAYING } from '#daimon/music/playing.js';
import { DRAWING } from '#daimon/music/preset.js';

const NUMBER: Parameter = { kind: 'number', min: 0, max: 1, default: 0.5, help: '' };
const WHOLE: Parameter = { kind: 'whole', min: -2, max: 2, default: 0, help: '' };
const CHOICE: Parameter = { kind: 'choice', options: ['a', 'b'], default: 'a', help: '' };
const PATTERN: Parameter = { kind: 'pattern', shape: /^x{0,3}$/, says: 'up to three x', default: '', help: '' };
const LIST: Parameter = { kind: 'list', least: 1, most: 2, min: 0, max: 9, names: ['all'], default: 'all', help: '' };

describe('a parameter', () => {
  it('takes its legal values and no others', () => {
    const cases: readonly (readonly [Parameter, readonly unknown[], readonly unknown[]])[] = [
      [NUMBER, [0, 0.25, 1], [-0.01, 1.01, Number.NaN, '0', null, undefined, [0]]],
      [WHOLE, [-2, 0, 2], [-3, 0.5, 3, Number.POSITIVE_INFINITY, '1', true]],
      [CHOICE, ['a', 'b'], ['c', '', 'A', 0, ['a'], undefined]],
      [PATTERN, ['', 'x', 'xxx'], ['xxxx', 'y', 'x\n', 3, undefined]],
      [LIST, [[0], [9, 9], 'all'], [[], [1, 2, 3], [10], [0.5], ['1'], 'none', 1, undefined]],
    ];
    for (const [parameter, legal, illegal] of cases) {
      for (const value of legal) assert.ok(isLegal(parameter, value), `${parameter.kind} ${JSON.stringify(value)}`);
      for (const value of illegal) assert.ok(!isLegal(parameter, value), `${parameter.kind} ${JSON.stringify(value)}`);
    }
  });

  it('says its legal values in words', () => {
    assert.deepEqual([NUMBER, WHOLE, CHOICE, PATTERN, LIST].map(legalValues), [
      'a number from 0 to 1',
      'a whole number from -2 to 2',
      "one of 'a', 'b'",
      'up to three x',
      "a list of 1 to 2 whole numbers from 0 to 9, or one of 'all'",
    ]);
  });
});

describe('a table of parameters', () => {
  it('gives its defaults and whatever else is made of them, under the same names', () => {
    const table = { a: NUMBER, b: CHOICE };
    assert.deepEqual(defaultsOf(table), { a: 0.5, b: 'a' });
    assert.deepEqual(
      mapTable(table, ({ kind }) => kind),
      { a: 'number', b: 'choice' },
    );
    assert.deepEqual(namesOf(table), ['a', 'b']);
  });

  for (const [name, table] of Object.entries({ DECODING, DRAWING, FEEL, PLAYING })) {
    it(`${name}: each default is legal, each line of help is one line without a full stop`, () => {
      for (const [key, parameter] of Object.entries(table)) {
        assert.ok(isLegal(parameter, parameter.default), key);
        assert.match(parameter.help, /^[^\n|]+[^.\n|]$/, key);
      }
    });
  }
});
