import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { DaimonError } from '#daimon/errors.js';
import { closeAll, HELLO, serve } from '../support/control.js';
import { runDaimon } from '../support/program.js';

afterEach(closeAll);

it('daimon set turns all of its values at once, evenly where it says how long', async () => {
  const heard: PlayerRequest[] = [];
  const { url } = await serve({ onRequest: (request) => void heard.push(request) });
  const port = ['--ws-port', new URL(url).port];
  assert.equal((await runDaimon('set', 'swing=58', 'scale=0,2,4', ...port)).code, 0);
  assert.equal((await runDaimon('set', 'knobs/density=0.4', '--over', '20', ...port)).code, 0);
  assert.deepEqual(
    heard.map((request) => ({ ...request, id: 0 })),
    [
      { kind: 'set', id: 0, values: { swing: 58, scale: [0, 2, 4] } },
      { kind: 'set', id: 0, values: { 'knobs/density': 0.4 }, over: 20 },
    ],
  );
});

it('daimon set passes on why something can not be turned', async () => {
  const onRequest = () => Promise.reject(new DaimonError('parameter', 'swing is 99.'));
  const { url } = await serve({ onRequest });
  const { code, stderr } = await runDaimon('set', 'swing=99', '--over', '1', '--ws-port', new URL(url).port);
  assert.deepEqual([code, stderr], [1, 'daimon: swing is 99.\n']);
});

it('daimon parameters lists all that can be turned, where it stands, and what it does', async () => {
  const { url } = await serve();
  const { stdout } = await runDaimon('parameters', '--ws-port', new URL(url).port);
  assert.equal(stdout.trimEnd().split('\n').length, HELLO.parameters.length);
  assert.match(stdout, /^swing +50 percent: where the second of two notes falls/m);
  assert.match(stdout, /^knobs\/density +0\.25: notes a bar$/m);
  assert.match(stdout, /^tempo +\(not now\): of our own clock/m);
  const json = JSON.parse((await runDaimon('parameters', '--json', '--ws-port', new URL(url).port)).stdout);
  assert.deepEqual(json, { parameters: HELLO.parameters, values: HELLO.values });
});
