import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { GridNote } from '#daimon/training/corpus/grid.js';
import { type Drawn, evaluate } from '#daimon/training/evaluation/evaluation.js';
import { evaluationPage } from '#daimon/training/evaluation/page/page.js';
import { type Verdict, verdictsOf } from '#daimon/training/evaluation/verdicts.js';
import { melody } from './blocks.js';

const random = randomFrom(seed(8));
const songs = Array.from({ length: 90 }, () => melody(random, 16));
const real = (notes: readonly GridNote[], i: number) => ({ song: String(i), notes });
const music = {
  reference: songs.slice(0, 40).map(real),
  training: songs.slice(0, 40).map((notes) => ({ bars: 16, notes })),
  heldOut: songs.slice(40, 80).map(real),
};
const drawn = (blocks: readonly (readonly GridNote[])[]): Drawn => ({
  blocks,
  unmoved: blocks,
  draws: blocks.length,
  empty: blocks.filter((notes) => notes.length === 0).length,
});
const LIMITS = { blocks: 500, windows: 200, seed: seed(1) };
const judge = (blocks: readonly (readonly GridNote[])[], heldOut = true) =>
  verdictsOf(evaluate(drawn(blocks), { ...music, heldOut: heldOut ? music.heldOut : null }, LIMITS));
const verdict = (verdicts: readonly Verdict[], figure: string): Verdict => {
  const found = verdicts.find((one) => one.figure.startsWith(figure));
  assert(found, figure);
  return found;
};

describe('the verdict on', () => {
  it('music that nobody learned from: no copies, and as far from the songs as what was held out', () => {
    const verdicts = judge(Array.from({ length: 40 }, () => melody(random, 16)));
    assert.equal(verdict(verdicts, 'Frechet').met, true);
    assert.equal(verdict(verdicts, 'near copies, 4 bars').met, true);
    assert.equal(verdict(verdicts, 'empty blocks').met, true);
  });

  it('the songs themselves: mean OA is met, and the copies are found', () => {
    const verdicts = judge(songs.slice(0, 40));
    assert.equal(verdict(verdicts, 'mean OA').met, true);
    assert.deepEqual(
      [verdict(verdicts, 'near copies, 4 bars').met, verdict(verdicts, 'near copies, 4 bars').drawn],
      [false, 1],
    );
  });

  it('one block over and over: the closest pair is one', () => {
    const verdicts = judge(Array.from({ length: 40 }, () => songs[85]));
    assert.equal(verdict(verdicts, 'closest pair').drawn, 1);
    assert.equal(verdict(verdicts, 'closest pair').met, false);
    assert.equal(verdict(verdicts, 'mean OA').met, false);
  });

  it('silence among the draws: not met, however rare', () => {
    assert.equal(verdict(judge([...songs.slice(40, 79), []]), 'empty blocks').met, false);
  });

  it('what needs real music held out: open, where none is', () => {
    const verdicts = judge(songs.slice(40, 80), false);
    assert.deepEqual(
      ['Frechet', 'near copies, 4 bars'].map((name) => verdict(verdicts, name).met),
      [null, null],
    );
    assert.equal(verdict(verdicts, 'mean OA').real, null);
  });
});

it('the page shows what was measured, and asks nothing of the network', () => {
  const evaluation = evaluate(drawn(songs.slice(80)), music, LIMITS);
  const curves = [{ name: 'loss', points: [{ step: 1, value: 2 }] }];
  const page = evaluationPage({ what: '<b>', evaluation, curves, command: 'daimon evaluate' });
  assert.equal(page.match(/<svg class="roll"/g)?.length, 16);
  assert.match(page, /<h1>&#60;b&#62;<\/h1>/);
  assert.match(page, /<h3>loss<\/h3>/);
  assert.doesNotMatch(page, /https?:|<script|NaN|undefined/);
});
