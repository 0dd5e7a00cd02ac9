import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlsOf } from '#daimon/bridge/control/controls.js';
import { pathOf, wayOf } from '#daimon/bridge/midi/surface/way.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { turn } from './some-bindings.js';

const knob = (name: string) => ({ name, low: 'less', high: 'more', help: name });
const CONTROLS = controlsOf({
  knobs: [knob('density'), knob('span')],
  components: [{ name: 'pc1' }],
  decoding: DEFAULT_DECODING,
});

test('the n-th knob is that of the model that plays, whatever it is called; a model with fewer has none', () => {
  assert.deepEqual(
    ['knob 1', 'knob 2', 'knob 3', 'knob 0', 'knobs/span', 'swing', 'swung'].map((path) => pathOf(path, CONTROLS)),
    ['knobs/density', 'knobs/span', null, null, 'knobs/span', 'swing', null],
  );
});

test('a way lies within the range, between the ends that a binding gives, and may go down', () => {
  const range = (path: string, from: number | null, to: number | null) => {
    const way = wayOf(turn(path, { from, to }), CONTROLS);
    const parameter = way?.parameter;
    return parameter?.kind === 'number' || parameter?.kind === 'whole'
      ? [parameter.min, parameter.max, way?.inverted]
      : null;
  };
  assert.deepEqual(range('tempo', 60, 180), [60, 180, false]);
  assert.deepEqual(range('tempo', 180, 60), [60, 180, true]);
  assert.deepEqual(range('tempo', null, null), [20, 300, false]);
  assert.deepEqual(range('tempo', -5, 9000), [20, 300, false]);
  assert.deepEqual(range('transpose', -11.6, 12.4), [-12, 12, false]);
  assert.deepEqual(range('tempo', 400, 500), [20, 300, false]);
});

test('there is none through a pattern or a list, nor where there is nothing to turn', () => {
  assert.deepEqual(
    [wayOf(turn('rests'), CONTROLS), wayOf(turn('scale'), CONTROLS), wayOf(turn('no'), CONTROLS)],
    [null, null, null],
  );
  assert.equal(wayOf(turn('texture'), CONTROLS)?.path, 'texture');
});
