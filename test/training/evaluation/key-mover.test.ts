import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { mover } from '#daimon/training/evaluation/key-mover.js';
import { note } from './blocks.js';

const DRAWS = 4000;
/** Share of the draws in which a block of this pitch went back by each move. */
function moves(keys: Parameters<typeof mover>[0], pitch: number): Record<number, number> {
  const back = mover(keys, randomFrom(seed(1)));
  const shares: Record<number, number> = {};
  for (let i = 0; i < DRAWS; i++) {
    const by = pitch - back([note(0, pitch)])[0].pitch;
    shares[by] = (shares[by] ?? 0) + 1 / DRAWS;
  }
  return shares;
}
const near = (a: number, b: number): void => assert(Math.abs(a - b) < 0.03, `${a} is not ${b}`);

test('where all lie in one register, a block goes back by each move as often as songs were moved by it', () => {
  const shares = moves(
    [
      { move: -5, share: 0.25, pitch: 62, deviation: 3 },
      { move: 2, share: 0.75, pitch: 62, deviation: 3 },
    ],
    60,
  );
  near(shares[-5], 0.25);
  near(shares[2], 0.75);
});

test('a low block goes back as low songs were moved, and a high one as high songs', () => {
  const keys = [
    { move: -5, share: 0.5, pitch: 58, deviation: 2 },
    { move: 2, share: 0.5, pitch: 66, deviation: 2 },
  ];
  // densities at 60, 62 and 64 are to each other as e^(-1/2) to e^(-9/2), 1 to 1 and the reverse
  near(moves(keys, 60)[-5], 1 / (1 + Math.exp(-4)));
  near(moves(keys, 62)[-5], 0.5);
  near(moves(keys, 64)[2], 1 / (1 + Math.exp(-4)));
});

test('a block far from all songs goes back as the nearest were moved', () => {
  const keys = [
    { move: -5, share: 0.5, pitch: 40, deviation: 0 },
    { move: 2, share: 0.5, pitch: 60, deviation: 0 },
  ];
  assert.deepEqual(Object.keys(moves(keys, 120)), ['2']);
});

test('a model whose card says nothing of keys is left in its own, and an empty block is empty', () => {
  assert.deepEqual(mover(undefined, randomFrom(seed(1)))([note(0, 60)]), [note(0, 60)]);
  const keys = [{ move: 2, share: 1, pitch: 60, deviation: 1 }];
  assert.deepEqual(mover(keys, randomFrom(seed(1)))([]), []);
});
