import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inFolder } from '../support/program.js';

const MAIN = join(process.cwd(), 'dist/cli/main.js');

/** Runs daimon at home in an empty folder, and gives what it left there. Without `CI`: onnxruntime is always silent there. */
const leftBehind = (...args: readonly string[]): Promise<readonly string[]> =>
  inFolder(async (home) => {
    const env = { HOME: home, PATH: process.env.PATH };
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd: home, env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return readdirSync(home, { recursive: true, encoding: 'utf8' }).sort();
  });

// the store of onnxruntime's telemetry would lie under .cache, or in the folder one stands in
describe('nothing is kept to be reported to anybody', () => {
  it('by a render, whose engine runs on a thread of its own', async () => {
    assert.deepEqual(await leftBehind('render', '--seed', '1', '--blocks', '1', '--out', 'take.mid'), ['take.mid']);
  });

  it('by the doctor, who tries every runtime', async () => {
    assert.deepEqual(await leftBehind('doctor', '--json'), []);
  });
});
