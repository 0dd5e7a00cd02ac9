import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { closestPair, nearestBlock, onsetsOf } from '#daimon/training/evaluation/likeness.js';
import { melody, note } from './blocks.js';

const random = randomFrom(seed(4));
const blocks = Array.from({ length: 12 }, () => melody(random, 16));
const onsets = blocks.map(onsetsOf);

test('the closest pair is that of the largest Dice similarity of all pairs', () => {
  const dice = (a: number, b: number): number => {
    const other = new Set(onsets[b]);
    const both = onsets[a].length + onsets[b].length;
    return (2 * onsets[a].filter((cell) => other.has(cell)).length) / both;
  };
  const all = onsets.flatMap((_, a) => onsets.slice(a + 1).map((_, b) => dice(a, a + 1 + b)));
  assert.equal(closestPair(onsets, () => true).similarity, Math.max(...all));
});

test('two draws with the same onsets are wholly alike, however long their notes', () => {
  const longer = onsetsOf(blocks[4].map((one) => note(one.onset, one.pitch, 7)));
  const { similarity, pair } = closestPair([...onsets, longer], () => true);
  assert.equal(similarity, 1);
  assert.deepEqual(pair, [4, 12]);
});

test('pairs that do not count are passed over', () => {
  const { pair } = closestPair([...onsets, onsets[4]], (a, b) => !(a === 4 && b === 12));
  assert.notDeepEqual(pair, [4, 12]);
});

test('silence is like nothing', () => {
  assert.deepEqual(
    closestPair([onsetsOf([]), onsetsOf([])], () => true),
    { similarity: 0, pair: null },
  );
});

test('the nearest block of a set that holds the block is the block', () => {
  assert.deepEqual(nearestBlock(onsets[7], onsets), { index: 7, similarity: 1 });
});
