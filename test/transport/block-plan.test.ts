import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Preset } from '#daimon/music/preset.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { evenly, type Sketch } from '#daimon/music/sketch.js';
import { TICKS_PER_BAR, tick } from '#daimon/music/units.js';
import { blockPreset, blockSketch, namedSeed } from '#daimon/transport/block-plan.js';
import type { Morph, Take } from '#daimon/transport/take.js';
import { preset, themeOf } from './stage.js';

const take: Take = { id: 0, model: 0, preset, seed: seed(7), theme: null, morph: null, anchor: tick(0) };
const other: Preset = { ...preset, name: 'other', temperature: 0.5, seed: seed(3), knobs: { density: 1 } };
const drawOf = (of: number, temperature: number): Sketch => ({ kind: 'seed', seed: seed(of), temperature });

test('without a morph a block is a draw of its seed', () => {
  assert.deepEqual(blockSketch(take, 2), drawOf(deriveSeed(seed(7), 2), 1));
  assert.equal(blockPreset(take, 2), preset);
});

test('a form comes before a theme, so that what is held is as it was heard', () => {
  const themed = { ...take, preset: { ...preset, form: 'AA' }, theme: { ...themeOf(1), amount: 0.5 } };
  const sketch = blockSketch(themed, 0);
  assert.ok(sketch.kind === 'morph' && sketch.from.kind === 'given' && sketch.to.kind === 'form');
});

test('a theme brings its key along, on top of the preset and within what can be transposed', () => {
  const keyOf = (transpose: number, decoding: Preset['decoding']): number | undefined =>
    blockPreset({ ...take, preset: { ...preset, decoding }, theme: { ...themeOf(1), transpose } }, 0).decoding
      .transpose;
  assert.deepEqual([keyOf(-3, {}), keyOf(-3, { transpose: 12 }), keyOf(5, { transpose: 34 })], [-3, 9, 36]);
});

test('on a line a block is between what both presets would draw, each of its own seed if it has one', () => {
  const line: Morph = { kind: 'line', to: other, x: 0.25 };
  const sketch = blockSketch({ ...take, morph: line }, 0);
  assert.deepEqual(sketch, { kind: 'morph', from: drawOf(7, 1), to: drawOf(3, 0.5), amounts: evenly(0.25) });
  assert.deepEqual(blockPreset({ ...take, morph: line }, 0).knobs, { density: 0.25 });
});

test('a stream is drawn with its neighbours, each as it is played itself, and has one seed', () => {
  const held = { ...themeOf(1), amount: 0.5 };
  const endless: Take = { ...take, preset: { ...preset, stream: 'endless', form: 'AB' }, theme: held };
  const sketch = blockSketch(endless, 4);
  assert.ok(sketch.kind === 'surrounded');
  const [before, here] = [blockSketch(endless, 3), blockSketch(endless, 5)];
  assert.ok(before.kind === 'surrounded' && here.kind === 'surrounded');
  assert.deepEqual([before.block, before.after, here.before], [sketch.before, sketch.block, sketch.block]);
  assert.ok(sketch.block.kind === 'morph' && sketch.block.to.kind === 'form');
  assert.deepEqual(
    [0, 1, 9].map((index) => namedSeed(endless, index)),
    [7, 7, 7],
  );
});

test('each corner of a square is its preset', () => {
  const at = (x: number, y: number): string => {
    const corner = (name: string): Preset => ({ ...other, name });
    const morph: Morph = { kind: 'square', right: corner('right'), up: corner('up'), far: corner('far'), x, y };
    return blockPreset({ ...take, morph }, 0).name;
  };
  assert.deepEqual([at(0, 0), at(1, 0), at(0, 1), at(1, 1)], ['plain', 'right', 'up', 'far']);
});

test('a glide goes on through the columns of a block: two bars further, two bars nearer', () => {
  const glide: Morph = { kind: 'glide', to: other, from: tick(4 * TICKS_PER_BAR), until: tick(12 * TICKS_PER_BAR) };
  const sketch = blockSketch({ ...take, morph: glide }, 0);
  assert.ok(sketch.kind === 'morph');
  assert.deepEqual(sketch.amounts, [0, 0, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1, 1]);
  assert.deepEqual(blockPreset({ ...take, morph: glide }, 1), { ...other });
});
