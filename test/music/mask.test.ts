import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskOf, signsOf } from '#daimon/music/mask.js';

describe('a mask', () => {
  it('is a sign for each step; spaces are for the eye', () => {
    assert.deepEqual(signsOf('x... .2'), ['x', '.', '.', '.', '.', '2']);
    assert.deepEqual([signsOf(''), signsOf('  ')], [[], []]);
  });

  it('has its own signs, points and spaces, 64 at most', () => {
    const shape = maskOf('x1-4');
    for (const legal of ['', ' ', 'x', '..4.', 'x'.repeat(64)]) assert.match(legal, shape);
    for (const illegal of ['5', 'X', 'x-', 'x\n', '.'.repeat(65)]) assert.doesNotMatch(illegal, shape);
  });
});
