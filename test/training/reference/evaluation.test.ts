import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { findMidiFiles } from '#daimon/training/corpus/midi-folder.js';
import { compareSets } from '#daimon/training/evaluation/comparison.js';
import { tabulate } from '#daimon/training/evaluation/feature-table.js';
import { FEATURES, featuresOf } from '#daimon/training/evaluation/features.js';
import { memoryOf, type Nearness } from '#daimon/training/evaluation/memorisation.js';
import { readDrawnFiles, readSongs } from '#daimon/training/evaluation/real-music.js';
import { jsonFrom, NAMES } from '../../support/reference.js';
import { writeMusic } from './music.js';

type Numbers = Readonly<Record<string, number | null>>;
interface Dump {
  readonly generated: readonly Readonly<Record<string, number | null | readonly number[]>>[];
  readonly reference: Dump['generated'];
  readonly compared: Readonly<Record<string, Numbers>>;
  readonly mean_OA: number;
  readonly mean_KL: number;
  readonly frechet: number;
  readonly memory: Readonly<Record<string, Numbers>>;
  readonly memory_top: Readonly<Record<string, Numbers>>;
}

const EVERY = 1e9;
const READING = { drums: false, loops: false };
let compared = 0;

function same(ours: number, theirs: number | null | undefined, what: string): void {
  compared++;
  if (theirs === null) assert(Number.isNaN(ours), `${what}: ${ours}, not undefined`);
  else {
    assert(theirs !== undefined, `${what} is missing`);
    assert(Math.abs(ours - theirs) <= 1e-6 * Math.max(1, Math.abs(theirs)), `${what}: ${ours}, not ${theirs}`);
  }
}

function sameNearness(ours: Nearness, theirs: Numbers | undefined, what: string): void {
  same(ours.windows, theirs?.windows, `${what}, windows`);
  same(ours.shareNear, theirs?.share_ge_095, `${what}, share of near copies`);
  same(ours.shareExact, theirs?.share_exact, `${what}, share of copies`);
  same(ours.medianBest, theirs?.median_best, `${what}, median`);
}

describe('beside the reference evaluation, on the same files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daimon-reference-'));
  before(() => writeMusic(folder));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cases = [
    { what: 'drawn blocks against songs', mode: 'block', generated: 'drawn', reference: 'held-out', training: 'songs' },
    { what: 'songs against songs', mode: 'song', generated: 'held-out', reference: 'songs', training: 'songs' },
    { what: 'the fixtures against songs', mode: 'block', generated: 'fixtures', reference: 'songs', training: 'songs' },
    {
      what: 'songs against the fixtures',
      mode: 'song',
      generated: 'held-out',
      reference: 'fixtures',
      training: 'fixtures',
    },
  ];
  for (const { what, mode, generated, reference, training } of cases) {
    it(`${what}: every feature, overlap, distance and near copy is the same to a millionth`, () => {
      const path = (name: string): string => (name === 'fixtures' ? 'test/fixtures/midi' : join(folder, name));
      const theirs = jsonFrom('test/training/reference/dump.py', [
        mode,
        ...[generated, reference, training].map(path),
      ]) as Dump;
      const files = findMidiFiles([path(generated)]);
      const drawn =
        mode === 'block'
          ? readDrawnFiles(files, false).blocks
          : readSongs(files, READING).blocks.map(({ notes }) => notes);
      const real = readSongs(findMidiFiles([path(reference)]), READING).blocks.map(({ notes }) => notes);
      const { runs } = readSongs(findMidiFiles([path(training)]), READING);

      for (const [blocks, dumped] of [[drawn, theirs.generated] as const, [real, theirs.reference] as const]) {
        assert.equal(blocks.length, dumped.length);
        blocks.forEach((notes, i) => {
          const ours = featuresOf(notes);
          for (const name of FEATURES) {
            const their = dumped[i][NAMES[name]];
            const values = typeof ours[name] === 'number' ? [ours[name]] : ours[name];
            values.forEach((value, k) => {
              same(value, Array.isArray(their) ? their[k] : (their as number | null), `block ${i}, ${name} ${k}`);
            });
          }
        });
      }

      const ours = compareSets(tabulate(drawn), tabulate(real));
      for (const name of FEATURES) {
        const their = theirs.compared[NAMES[name]];
        same(ours.features[name].oaRef, their.OA_ref, `${name}, OA_ref`);
        same(ours.features[name].oaGen, their.OA_gen, `${name}, OA_gen`);
        same(ours.features[name].oa, their.OA, `${name}, OA`);
        same(ours.features[name].kl, their.KL, `${name}, KL`);
      }
      same(ours.meanOa, theirs.mean_OA, 'mean OA');
      same(ours.meanKl, theirs.mean_KL, 'mean KL');
      same(ours.frechet, theirs.frechet, 'Frechet');

      const near = memoryOf(runs)(drawn, EVERY, randomFrom(seed(1)));
      sameNearness(near.twoBars, theirs.memory['2_bars'], 'two bars');
      sameNearness(near.fourBars, theirs.memory['4_bars'], 'four bars');
      sameNearness(near.twoBarsTopVoice, theirs.memory_top['2_bars'], 'two bars of the top voice');
      sameNearness(near.fourBarsTopVoice, theirs.memory_top['4_bars'], 'four bars of the top voice');
    });
  }

  it('the music it was held against has near copies, common figures and silence', () => {
    const { runs } = readSongs(findMidiFiles([join(folder, 'songs')]), READING);
    const { blocks } = readDrawnFiles(findMidiFiles([join(folder, 'drawn')]), false);
    const { fourBars } = memoryOf(runs)(blocks, EVERY, randomFrom(seed(1)));
    assert(fourBars.shareNear > 0.02 && fourBars.shareNear < 0.9, `${fourBars.shareNear}`);
    assert(blocks.some((notes) => notes.length === 0));
    assert(compared > 10_000, `${compared}`);
  });
});
