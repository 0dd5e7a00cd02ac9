import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listBundles } from '#daimon/engine/bundle.js';
import { shippedFolder } from '#daimon/package.js';
import { EVALUATION, SMALL, writeRandomBundle } from './engine/random-model.js';
import { Program } from './support/program.js';

async function printed(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Program(process.execPath, ['docs/models.mjs', ...args]).ended();
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('docs/models.md', () => {
  it("is what the shipped models' cards say: node docs/models.mjs > docs/models.md", async () => {
    assert.equal(readFileSync('docs/models.md', 'utf8'), await printed());
  });

  it('holds an evaluation that is on a card, bars that are not met included, and every command to repeat', async () => {
    const page = await printed(await writeRandomBundle('judged', SMALL, EVALUATION));
    const lines = page.split('\n');
    for (const line of [
      '| [judged](#judged) | Untrained | CC0-1.0 | 0.0 MB | 1 of 2 |',
      '| mean OA | 0.912 | 0.931 | >= 0.90 | met |',
      '| mean KL | - | 0.120 | | |',
      '| near copies, 4 bars | 3.00 % | 0.10 % | <= held out + 0.5 points = 0.60 % | **not met** |',
      '1 of 2 bars met, with 500 blocks of each set and 10,000 draws, on 2026-02-01.',
      '| a doubt | It is untrained. |',
      '- It plays noise.',
      'daimon evaluate --model judged --card',
      'npm run samples -- judged',
    ]) {
      assert.ok(lines.includes(line), `${line}\nis not in\n${page}`);
    }
  });

  it("repeats commands that work on any machine: no path of one's own is on a shipped card", async () => {
    for (const found of await listBundles([shippedFolder('models')])) {
      assert.equal(found.kind, 'sound');
      const { training, evaluation } = found.kind === 'sound' ? found.bundle.card : assert.fail();
      for (const command of [training?.command ?? '', evaluation?.command ?? '']) {
        assert.doesNotMatch(command, /(?:^|[\s'=])(?:\/|[A-Z]:\\)\w/);
      }
    }
  });
});
