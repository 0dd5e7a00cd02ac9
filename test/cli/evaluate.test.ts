import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { SMALL, writeRandomBundle } from '../engine/random-model.js';
import { inFolder, runDaimon } from '../support/program.js';
import { noteEvents, QUARTER, songBytes } from '../training/corpus/smf-bytes.js';
import { melody } from '../training/evaluation/blocks.js';

const STEP = QUARTER / 4;
const random = randomFrom(seed(9));
const tune = (bars: number): Uint8Array =>
  songBytes(melody(random, bars).flatMap(({ onset, end, pitch }) => noteEvents(onset * STEP, end * STEP, pitch)));

function writeTunes(folder: string, count: number, bars: number): string {
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.mid`), tune(bars));
  return folder;
}

describe('daimon evaluate', () => {
  it('sets a model beside the songs that its dataset held out, in equal numbers, and writes a page', () =>
    inFolder(async (folder) => {
      const tunes = writeTunes(join(folder, 'tunes'), 10, 24);
      const [data, html] = ['tunes.dmn', 'small.html'].map((name) => join(folder, name));
      assert.equal((await runDaimon('data', tunes, '--out', data, '--split', '0.3')).code, 0);
      const models = await writeRandomBundle('small', SMALL);
      const judge = ['evaluate', '--model', 'small', '--models-dir', models, '--reference', tunes, '--data', data];
      const { code, stdout, stderr } = await runDaimon(...judge, '--draws', '20', '--html', html);
      assert.equal(code, 0, stderr);
      // three songs of 24 bars: three windows each
      assert.match(stdout, /^small: 9 blocks against 9 of the reference, beside as many held out\.$/m);
      assert.match(stdout, /^Frechet distance +[\d.]+ +[\d.]+ +<= 2 x held out = [\d.]+ /m);
      assert.match(stdout, /^empty blocks of 20 /m);
      assert.match(readFileSync(html, 'utf8'), /<h1>small<\/h1>/);
      const again = await runDaimon(...judge, '--draws', '20');
      assert.equal(again.stdout, stdout);
    }));

  it('finds in files what was copied from the songs, and prints it as JSON', () =>
    inFolder(async (folder) => {
      const tunes = writeTunes(join(folder, 'tunes'), 3, 16);
      const { code, stdout } = await runDaimon('evaluate', '--midi', tunes, '--reference', tunes, '--json');
      assert.equal(code, 0);
      const { count, drawn, heldOut } = JSON.parse(stdout);
      assert.deepEqual([count, heldOut, drawn.memorisation.fourBars.shareExact], [3, null, 1]);
      assert(Math.abs(drawn.frechet) < 1e-4);
    }));

  it('wants one thing to judge, and a dataset that was made from the songs', () =>
    inFolder(async (folder) => {
      const tunes = writeTunes(join(folder, 'tunes'), 4, 16);
      const others = writeTunes(join(folder, 'others'), 4, 16);
      const data = join(folder, 'tunes.dmn');
      await runDaimon('data', tunes, '--out', data, '--split', '0.5');
      assert.match((await runDaimon('evaluate', '--reference', tunes)).stderr, /One of --model and --midi/);
      const wrong = await runDaimon('evaluate', '--midi', tunes, '--reference', others, '--data', data);
      assert.match(wrong.stderr, /None of the 2 songs that .* holds out is in .*others/);
      await runDaimon('data', tunes, '--out', data, '--split', '0');
      const none = await runDaimon('evaluate', '--midi', tunes, '--reference', tunes, '--data', data);
      assert.match(
        none.stderr,
        /tunes\.dmn holds out no song to set beside what is judged; leave --data out, or .+--split/,
      );
      assert(!existsSync(join(folder, 'small.html')));
    }));
});
