import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Program } from '../support/program.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

describe('npm start', () => {
  it('goes straight to the program where all is installed and built: no word before its own', async () => {
    const start = (): Promise<{ stdout: string; stderr: string }> =>
      new Program(process.execPath, ['scripts/start.mjs', '--version']).ended();
    await start();
    const { stdout, stderr } = await start();
    assert.deepEqual([stdout, stderr], [`${version}\n`, '']);
  });

  it('hands on what the program ends with', async () => {
    const { code } = await new Program(process.execPath, ['scripts/start.mjs', 'strat']).ended();
    assert.equal(code, 2);
  });

  it('on a Node that is too old says so in one sentence', async () => {
    const asOld = `Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } });
      import('./scripts/start.mjs');`;
    const { code, stdout, stderr } = await new Program(process.execPath, ['-e', asOld]).ended();
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^daimon needs Node 20\.19 or newer; this is Node 20\.18\.3: .*\n$/);
  });
});
