import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assignment } from '#daimon/cli/assignment.js';

it('a name and a value: a number, numbers, or a text', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['swing=58', { swing: 58 }],
    ['offset=-12.5', { offset: -12.5 }],
    ['scale=dorian', { scale: 'dorian' }],
    ['scale=0,2,4, 7 9', { scale: [0, 2, 4, 7, 9] }],
    ['key=D minor', { key: 'D minor' }],
    ['rests=x... x...', { rests: 'x... x...' }],
    ['form=', { form: '' }],
    ['knobs/density=.5', { 'knobs/density': 0.5 }],
  ];
  for (const [text, values] of cases) assert.deepEqual(assignment(text), values, text);
});

it('the last of a name counts, and what is neither is refused', () => {
  assert.deepEqual(assignment('swing=60', assignment('gate=0.5', assignment('swing=58'))), { swing: 60, gate: 0.5 });
  for (const text of ['swing', '=58', '']) assert.throws(() => assignment(text), /must be a name and a value/, text);
});
