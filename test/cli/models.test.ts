import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { EVALUATION, SMALL, TWO_ROLES, writeRandomBundle } from '../engine/random-model.js';

const run = promisify(execFile);
const models = (...args: readonly string[]): Promise<{ stdout: string }> =>
  run(process.execPath, ['dist/cli/main.js', 'models', '--models-dir', root, ...args]);
let root: string;

before(async () => {
  root = await writeRandomBundle('small', SMALL);
});

test('daimon models lists each model with what it learned from, its licence, and what draws with it', async () => {
  const { stdout } = await models();
  assert.match(stdout, /^NAME +TITLE +SIZE +TRAINED ON +LICENCE$/m);
  assert.match(stdout, /^small +Untrained +0\.0 MB +none +CC0-1\.0$/m);
  assert.match(stdout, /^Drawn by {2}onnx \(cpu\): .+\.$/m);
});

test('daimon models NAME shows the card as a page, doubts and weaknesses with it', async () => {
  const { stdout } = await models('small');
  for (const line of ['Untrained (small)', '  It is untrained.', '  It plays noise.']) {
    assert.ok(stdout.split('\n').includes(line), line);
  }
  assert.match(stdout, /^Keys +its songs were moved by \+5 \(75 %\), -2 \(25 %\) semitones$/m);
  assert.match(stdout, /notesPerBar +1 +2$/m);
});

test('daimon models NAME shows how it stands against real music, once it was evaluated', async () => {
  assert.doesNotMatch((await models('small')).stdout, /Against real music|Evaluated by/);
  const judged = await writeRandomBundle('judged', SMALL, EVALUATION);
  const { stdout } = await run(process.execPath, ['dist/cli/main.js', 'models', '--models-dir', judged, 'judged']);
  assert.match(
    stdout,
    /^Evaluated by +daimon evaluate --model judged --card\n +500 blocks of each set, 10000 draws, 2026-/m,
  );
  const section = stdout
    .match(/^Against real music\n((?: .*\n)+)/m)?.[1]
    .split('\n')
    .map((line) => line.trimEnd());
  assert.deepEqual(section, [
    '                       judged  held out  bar',
    '  mean OA               0.912     0.931  >= 0.90                            met',
    '  mean KL                   -     0.120',
    '  Frechet distance      2.500         -  <= 2 x held out                    wants --data',
    '  near copies, 4 bars  3.00 %    0.10 %  <= held out + 0.5 points = 0.60 %  NOT MET',
    '  1 of 2 bars met.',
    '',
  ]);
});

test('daimon models NAME shows the roles of a model that has them', async () => {
  const bands = await writeRandomBundle('band', TWO_ROLES);
  const { stdout } = await run(process.execPath, ['dist/cli/main.js', 'models', '--models-dir', bands, 'band']);
  assert.match(stdout, /^Network +dcgan of width 3, 4 planes \(sounding, onset of each role\)$/m);
  assert.match(stdout, /^Roles +melody, one note at a time\n +chords$/m);
});

test('daimon models --json is the same for programs', async () => {
  const list = JSON.parse((await models('--json')).stdout);
  const one = JSON.parse((await models('small', '--json')).stdout);
  assert.equal(one.card.title, 'Untrained');
  assert.deepEqual(list.models.find(({ name }: { name: string }) => name === 'small').bundle, one);
  assert.equal(list.folders[0], root);
});

test('daimon models suggests a name for one that is not there', async () => {
  await assert.rejects(models('smal'), {
    code: 1,
    stderr: /^daimon: There is no model "smal".*Did you mean 'small'\?\n$/,
  });
});

test('daimon models lists a damaged model with its reason', async () => {
  const other = await writeRandomBundle('broken', SMALL);
  await writeFile(join(other, 'broken', 'card.json'), '{');
  const { stdout } = await run(process.execPath, ['dist/cli/main.js', 'models', '--models-dir', other]);
  assert.match(stdout, /^broken is damaged: .+card\.json is not JSON: .+\.$/m);
});
