import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mixed } from '#daimon/music/mixed.js';
import type { Preset } from '#daimon/music/preset.js';
import { preset } from '../transport/stage.js';

const low: Preset = {
  ...preset,
  name: 'low',
  temperature: 0.4,
  knobs: { density: -1 },
  decoding: { gate: 0.2, velocity: 60, transpose: -12, threshold: 0.3 },
};
const high: Preset = {
  ...preset,
  name: 'high',
  temperature: 1.2,
  knobs: { density: 1, register: 0.5 },
  decoding: { gate: 1, velocity: 101, transpose: 12, channel: 10 },
};

test('at its ends a way between two presets is the presets, but for knobs named at 0', () => {
  assert.deepEqual(mixed(low, high, 0), { ...low, knobs: { density: -1, register: 0 } });
  assert.deepEqual(mixed(low, high, 1), high);
});

test('between two presets what can go evenly does', () => {
  const middle = mixed(low, high, 0.25);
  assert.ok(Math.abs(middle.temperature - 0.6) < 1e-12);
  assert.deepEqual(middle.knobs, { density: -0.5, register: 0.125 });
  assert.ok(Math.abs(middle.decoding.gate! - 0.4) < 1e-12);
  assert.equal(middle.decoding.velocity, 70);
});

test('keys, channels and what only one preset names are never between: they are the nearer one’s', () => {
  const [near, far] = [mixed(low, high, 0.49).decoding, mixed(low, high, 0.5).decoding];
  assert.deepEqual([near.transpose, near.channel, near.threshold], [-12, undefined, 0.3]);
  assert.deepEqual([far.transpose, far.channel, far.threshold], [12, 10, undefined]);
});

test('on the way to a preset that leaves the density to the block, music is never thinner than the other one’s', () => {
  const free = { ...low, decoding: { density: 0 } };
  const dense = { ...high, decoding: { density: 9 } };
  const densities = [0, 0.1, 0.49, 0.5, 0.9, 1].map((amount) => mixed(free, dense, amount).decoding.density);
  assert.deepEqual(densities, [0, 0, 0, 9, 9, 9]);
  assert.equal(mixed({ ...low, decoding: { density: 3 } }, dense, 0.5).decoding.density, 6);
});

test('strictly between two presets no bar stays empty, whatever they do at the ends', () => {
  const bars = (amount: number) => mixed(low, { ...high, decoding: { emptyBars: 'leave' } }, amount).decoding.emptyBars;
  assert.deepEqual([0, 0.01, 0.5, 0.99, 1].map(bars), [undefined, 'fill', 'fill', 'fill', 'leave']);
});
