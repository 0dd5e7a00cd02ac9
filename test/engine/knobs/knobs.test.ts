import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ModelKnobs, parseKnobs } from '#daimon/engine/knobs/knobs.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { randomKnobs } from './some-knobs.js';

const SHAPE = { channels: 3, rows: 2, columns: 8 };
const some = randomKnobs(SHAPE, randomFrom(seed(1)));
const [first] = some.knobs;

describe('knobs.json', () => {
  it('is read as it was written', () => {
    assert.deepEqual(parseKnobs(JSON.parse(JSON.stringify(some)), 'knobs.json', SHAPE), some);
  });

  it('is refused in one sentence that names the file and the first thing that is wrong', () => {
    const withFirst = (change: object): ModelKnobs => ({ ...some, knobs: [{ ...first, ...change }] });
    const damages: [unknown, RegExp][] = [
      [{ ...some, format: 2 }, /at "format"/],
      [{ ...some, colour: 1 }, /colour/],
      [withFirst({ name: 'Density' }), /at "knobs\.0\.name"/],
      [withFirst({ ends: [1, 2] }), /at "knobs\.0\.ends\.0"/],
      [withFirst({ measured: { ...first.measured, silent: -1 } }), /at "knobs\.0\.measured\.silent"/],
      [withFirst({ move: { ...first.move, offset: [Number.NaN] } }), /at "knobs\.0\.move\.offset\.0"/],
      [
        withFirst({ move: { ...first.move, offset: [1, 2] } }),
        /a direction has 2 numbers where this model's latent wants 6/,
      ],
      [withFirst({ level: { weights: [1], bias: 0 } }), /a direction has 1 numbers/],
      [{ ...some, components: [{ ...some.components[0], name: first.name }] }, /"density" is there twice/],
      [null, /holds no knobs/],
    ];
    for (const [json, message] of damages) {
      assert.throws(() => parseKnobs(json, 'x/knobs.json', SHAPE), { name: 'DaimonError', code: 'model', message });
      assert.throws(() => parseKnobs(json, 'x/knobs.json', SHAPE), {
        message: /^x\/knobs\.json holds no knobs: [^\n]+\.$/,
      });
    }
  });
});
