import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { DEFAULT_PRESET } from '#daimon/bridge/presets/preset-folder.js';
import { type Check, fails, limited, works } from '#daimon/cli/checks/check.js';
import { checkModels, checkPresets } from '#daimon/cli/checks/contents.js';
import { verdict } from '#daimon/cli/checks/examine.js';
import { checkPort } from '#daimon/cli/checks/machine.js';
import { daimon, inFolder, runDaimon } from '../support/program.js';

const report = z.strictObject({
  daimon: z.string(),
  verdict: z.string(),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      ok: z.union([z.boolean(), z.literal('limited')]),
      detail: z.string().min(1),
      advice: z.string().min(1).nullable(),
    }),
  ),
});

const alone = (checks: readonly Check[]): Check => {
  assert.equal(checks.length, 1);
  return checks[0];
};

describe('daimon doctor', () => {
  it('reports on every part of the machine, as JSON, and ends well whatever it finds', async () => {
    const { code, stdout, stderr } = await runDaimon('doctor', '--json');
    assert.deepEqual([code, stderr], [0, '']);
    const { checks } = report.parse(JSON.parse(stdout));
    const names = checks.map(({ name }) => name);
    for (const name of [
      ...['Node', 'platform', 'MIDI library', 'MIDI ports', 'own MIDI ports', 'onnxruntime-node', 'onnxruntime-web'],
      ...['tfjs-node-gpu', 'presets', 'WebSocket port', 'your presets', 'your models'],
      ...(process.platform === 'linux' ? ['ALSA sequencer'] : []),
    ]) {
      assert.ok(names.includes(name), name);
    }
    assert.ok(names.some((name) => name.startsWith('model')));
    assert.equal(checks.find(({ name }) => name === 'Node')?.ok, true);
    assert.equal(checks.find(({ name }) => name === 'onnxruntime-node')?.ok, true);
  });

  it('prints a line for each check, advice below it, and what they come to', async () => {
    const { stdout } = await runDaimon('doctor');
    assert.match(stdout, /^works {4}Node +v\d+/m);
    assert.match(stdout, /^limited +tfjs-node-gpu .*\n +-> Wanted only for/m);
    assert.match(stdout.trimEnd().split('\n').at(-1)!, /play/);
  });

  it("names what keeps it from the player's folders", async () => {
    await inFolder(async (folder) => {
      const home = join(folder, 'home');
      writeFileSync(home, 'a file where a folder should be');
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home };
      const { checks } = report.parse(JSON.parse((await daimon(['doctor', '--json'], { env }).ended()).stdout));
      const check = checks.find(({ name }) => name === 'your presets');
      assert.equal(check?.ok, 'limited');
      assert.ok(check?.advice?.includes(home));
    });
  });
});

describe('the checks', () => {
  it('find a model that is damaged, and miss one where there is none', async () => {
    await inFolder(async (folder) => {
      const none = alone(await checkModels([folder]));
      assert.equal(none.ok, false);
      assert.ok(none.detail.includes(folder) && none.advice?.includes('daimon train'));
      mkdirSync(join(folder, 'folk'));
      writeFileSync(join(folder, 'folk', 'card.json'), '{}');
      const damaged = alone(await checkModels([folder]));
      assert.deepEqual([damaged.name, damaged.ok], ['model folk', false]);
    });
  });

  it('find the presets, and each broken one', async () => {
    await inFolder(async (folder) => {
      assert.equal(alone(await checkPresets([folder])).ok, false);
      writeFileSync(join(folder, `${DEFAULT_PRESET}.toml`), 'title = "A"\ndescription = "B"\n');
      writeFileSync(join(folder, 'broken.toml'), 'volume = 11\n');
      const [sound, broken] = await checkPresets([folder]);
      assert.deepEqual(sound, works('presets', '1 to choose from'));
      assert.ok(broken.ok === 'limited' && broken.detail.includes('broken.toml'));
    });
  });

  it('find a port that is free, and one that is not', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    assert.equal((await checkPort(port)).ok, 'limited');
    await new Promise((closed) => server.close(closed));
    assert.equal((await checkPort(port)).ok, true);
  });

  it('come to one sentence: what plays, and through what', () => {
    const runtime = works('onnxruntime-node', '');
    const model = works('model folk', '');
    const ports = works('MIDI ports', '');
    const own = works('own MIDI ports', '');
    const noOwn = limited('own MIDI ports', '', '');
    assert.match(verdict([]), /no runtime/);
    assert.match(verdict([runtime, fails('model folk', '', '')]), /no sound model/);
    assert.match(verdict([runtime, model, fails('MIDI ports', '', '')]), /no MIDI here; daimon still plays/);
    assert.match(verdict([runtime, model, ports, noOwn]), /ports of other programs/);
    assert.equal(verdict([runtime, model, ports, own]), 'All that playing takes is here.');
  });
});
