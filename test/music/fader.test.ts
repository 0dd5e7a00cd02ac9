import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DECODING } from '#daimon/music/decoding.js';
import { atShare, shareOf } from '#daimon/music/fader.js';
import { FEEL } from '#daimon/music/feel.js';
import { isLegal, type Parameter } from '#daimon/music/parameter.js';
import { PLAYING } from '#daimon/music/playing.js';
import { DRAWING } from '#daimon/music/preset.js';
import { randomFrom, seed } from '#daimon/music/random.js';

const ALL: readonly (readonly [string, Parameter])[] = Object.entries({ ...DRAWING, ...FEEL, ...DECODING, ...PLAYING });

test('wherever a fader stands, its value is legal, and is where the fader stands or next to it', () => {
  const random = randomFrom(seed(1));
  for (const [name, parameter] of ALL) {
    const bottom = atShare(parameter, 0);
    if (bottom === null) continue;
    const apart = parameter.kind === 'number' ? 1e-9 : 0.5;
    for (const share of [0, 1, ...Array.from({ length: 20 }, () => random.uniform())]) {
      const value = atShare(parameter, share);
      assert.ok(value !== null && isLegal(parameter, value), `${name} at ${share}`);
      assert.ok(Math.abs((shareOf(parameter, value) ?? 2) - share) <= apart, `${name} at ${share}`);
    }
  }
});

test('its ends are the ends of the range, and beyond them there is nothing', () => {
  assert.deepEqual(
    [-1, 0, 0.5, 1, 2].map((share) => atShare(FEEL.swing, share)),
    [50, 50, 62.5, 75, 75],
  );
  assert.deepEqual(
    [0, 0.4, 0.6, 1].map((share) => atShare(DECODING.texture, share)),
    ['polyphonic', 'chordal', 'chordal', 'monophonic'],
  );
});

test('a pattern and a list are under no fader', () => {
  assert.deepEqual([atShare(DECODING.rests, 0.5), atShare(DECODING.scale, 0.5)], [null, null]);
  assert.deepEqual(
    [shareOf(DECODING.rests, 'x'), shareOf(FEEL.swing, 'x'), shareOf(DECODING.split, 'none')],
    [null, null, null],
  );
});
