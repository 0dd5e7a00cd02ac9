import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { SMALL, writeRandomBundle } from '../engine/random-model.js';
import { noteEvents, QUARTER, songBytes } from '../smf/smf-bytes.js';
import { inFolder, runDaimon } from '../support/program.js';
import { melody } from '../training/evaluation/blocks.js';

const STEP = QUARTER / 4;
const random = randomFrom(seed(9));
const tune = (bars: number): Uint8Array =>
  songBytes(melody(random, bars).flatMap(({ onset, end, pitch }) => noteEvents(onset * STEP, end * STEP, pitch)));

interface Row {
  readonly model: number | null;
  readonly real: number | null;
}

/** JSON has no number that is none; a card has the others to a millionth. */
function assertNear(onCard: number | null, printed: number | null): void {
  if (onCard === null || printed === null) assert.equal(onCard, printed);
  else assert(Math.abs(onCard - printed) < 1e-6, `${onCard} for ${printed}`);
}

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

  it("writes what it printed on the model's card, with the command, and changes nothing else of it", () =>
    inFolder(async (folder) => {
      const tunes = writeTunes(join(folder, 'tunes'), 3, 16);
      const models = await writeRandomBundle('small', SMALL);
      const card = async () =>
        JSON.parse((await runDaimon('models', 'small', '--models-dir', models, '--json')).stdout).card;
      const { evaluation: none, ...before } = await card();
      assert.equal(none, undefined);
      const judge = ['evaluate', '--model', 'small', '--models-dir', models, '--reference', tunes, '--draws', '5'];
      const { code, stdout, stderr } = await runDaimon(...judge, '--card', '--json');
      assert.equal(code, 0, stderr);
      const { evaluation, ...after } = await card();
      assert.deepEqual(after, before);
      assert.equal(evaluation.command, `daimon ${judge.join(' ')} --card --json`);
      assert.deepEqual([evaluation.blocks, evaluation.draws], [3, 5]);
      const { verdicts } = JSON.parse(stdout);
      assert.equal(evaluation.rows.length, verdicts.length);
      evaluation.rows.forEach(({ model, real, ...row }: Row, i: number) => {
        const { drawn, real: printedReal, ...printed } = verdicts[i];
        assert.deepEqual(row, printed);
        assertNear(model, drawn);
        assertNear(real, printedReal);
      });
    }));

  it('says before it draws that a card can not be written, and that files have none', () =>
    inFolder(async (folder) => {
      const tunes = writeTunes(join(folder, 'tunes'), 2, 16);
      const models = await writeRandomBundle('small', SMALL);
      // where the new card would be written first: this stops even root
      mkdirSync(join(models, 'small', 'card.json.part'));
      const judge = ['evaluate', '--model', 'small', '--models-dir', models, '--reference', tunes, '--draws', '5'];
      const locked = await runDaimon(...judge, '--card');
      assert.deepEqual([locked.code, locked.stdout], [1, '']);
      assert.match(
        locked.stderr,
        /^daimon: The card in .*small can't be written \([^\n]+\); leave out --card, [^\n]+\.\n$/,
      );
      const files = await runDaimon('evaluate', '--midi', tunes, '--reference', tunes, '--card');
      assert.equal(files.code, 1);
      assert.match(files.stderr, /^daimon: --card writes on the card of a --model; files have none\.\n$/);
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
