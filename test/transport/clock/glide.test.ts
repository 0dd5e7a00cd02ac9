import assert from 'node:assert/strict';
import { test } from 'node:test';
import { millis } from '#daimon/music/units.js';
import { glided, glideOver, NO_GLIDE } from '#daimon/transport/clock/glide.js';

test('what is owed is paid in equal parts over a beat, and each stretch ends where the next begins', () => {
  let glide = glideOver(millis(12));
  let at = 12;
  for (let pulse = 0; pulse < 24; pulse++) {
    const { offset, stretch, rest } = glided(glide);
    assert.ok(Math.abs(offset - at) < 1e-9);
    assert.ok(Math.abs(stretch + 0.5) < 1e-9);
    at += stretch;
    glide = rest;
  }
  assert.ok(Math.abs(glided(glide).offset) < 1e-9);
});

test('without a glide nothing is shifted', () => {
  assert.deepEqual(glided(NO_GLIDE), { offset: 0, stretch: 0, rest: NO_GLIDE });
});
