import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { daimon, inFolder, runDaimon } from '../support/program.js';

describe('daimon presets', () => {
  it('lists every preset by name, title and description, the plain one first', async () => {
    const { code, stdout } = await runDaimon('presets');
    assert.equal(code, 0);
    assert.match(stdout, /^plain +Plain +The model as it is/);
    for (const file of readdirSync('presets'))
      assert.match(stdout, new RegExp(`^${file.replace('.toml', '')} {2,}`, 'm'));
    assert.match(stdout, /^Your own: .*presets$/m);
  });

  it('shows the knobs of one', async () => {
    const { stdout } = await runDaimon('presets', 'music-box');
    assert.match(stdout, /^Music Box \(music-box\)\n.*^ {2}seed +1821\n.*^ {2}gate +0\.15\n/ms);
  });

  it('gives JSON to a program', async () => {
    const all = JSON.parse((await runDaimon('presets', '--json')).stdout);
    const one = JSON.parse((await runDaimon('presets', 'drone', '--json')).stdout);
    assert.equal(all.presets.length, readdirSync('presets').length);
    assert.deepEqual(
      all.presets.find(({ name }: { name: string }) => name === 'drone'),
      one,
    );
  });

  it("finds the player's own, and names a broken one", async () => {
    await inFolder(async (home) => {
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home };
      const ask = async () => daimon(['presets', '--json'], { env }).ended();
      const { folder } = JSON.parse((await ask()).stdout);
      assert.ok(folder.startsWith(home));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'mine.toml'), 'title = "Mine"\ndescription = "My own."\n');
      writeFileSync(join(folder, 'worse.toml'), 'title = "Worse"\ndescription = "?"\nvoices = 99\n');
      const { code, stdout, stderr } = await ask();
      assert.equal(code, 0);
      assert.ok(JSON.parse(stdout).presets.some(({ title }: { title: string }) => title === 'Mine'));
      assert.match(stderr, /worse\.toml is refused: voices is 99; it must be a whole number from 1 to 64\.$/m);
    });
  });
});
