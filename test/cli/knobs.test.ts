import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { findBundle } from '#daimon/engine/bundle.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { openForKnobs } from '#daimon/training/knobs/write-knobs.js';
import { randomKnobs } from '../engine/knobs/some-knobs.js';
import { SMALL, writeRandomBundle } from '../engine/random-model.js';

const run = promisify(execFile);
const daimon = (...args: readonly string[]): Promise<{ stdout: string }> =>
  run(process.execPath, ['dist/cli/main.js', ...args]);
const some = randomKnobs({ channels: SMALL.channels, rows: 2, columns: 8 }, randomFrom(seed(2)));

async function rootWithKnobs(): Promise<string> {
  const root = await writeRandomBundle('turned', SMALL);
  await (await openForKnobs(await findBundle('turned', [root])))(some);
  return root;
}

test('daimon models --knobs NAME prints the measured table, what was tried, and the components', async () => {
  const { stdout } = await daimon('models', '--models-dir', await rootWithKnobs(), '--knobs', 'turned');
  const lines = stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  ').trim());
  for (const line of [
    'Knobs of turned',
    'knob  -1 to 1  rho of change  leak of change  into  rho heard  leak heard  at -1  at 0  at 1  range  inside at -1, 1',
    'density  little to much  0.950  0.200  -  0.900  0.100  1.00  2.00  3.00  0.50 to 3.50  90 %, 100 %',
    'density: what it is.',
    'Measured on 2,000 fresh draws on 2026-01-31; the range is the 1st to the 99th percentile of 100 blocks of none.dmn, held out.',
    'component-1  25.0 %',
    'leaps: it leaps.',
  ]) {
    assert.ok(lines.includes(line), `${line}\nis not in\n${lines.join('\n')}`);
  }
});

test('daimon models --knobs --json NAME is the same for programs', async () => {
  const { stdout } = await daimon('models', '--models-dir', await rootWithKnobs(), '--knobs', '--json', 'turned');
  assert.deepEqual(JSON.parse(stdout), some);
});

test('daimon models --knobs says so where nobody has looked, and wants a name', async () => {
  const root = await writeRandomBundle('plain', SMALL);
  const { stdout } = await daimon('models', '--models-dir', root, '--knobs', 'plain');
  assert.equal(stdout, "Nobody has looked for knobs of plain yet: 'daimon knobs plain' does.\n");
  await assert.rejects(daimon('models', '--knobs'), { code: 1, stderr: /^daimon: --knobs are of one model: name it/ });
});

test('daimon knobs refuses a model that is not there and a dataset that is none, before it draws', async () => {
  const root = await writeRandomBundle('plain', SMALL);
  await assert.rejects(daimon('knobs', 'plian', '--models-dir', root), {
    code: 1,
    stderr: /Did you mean 'plain'\?\n$/,
  });
  await assert.rejects(daimon('knobs', 'plain', '--models-dir', root, '--data', 'package.json'), {
    code: 1,
    stderr: /^daimon: package\.json is not a dataset of daimon; [^\n]+\n$/,
  });
});
