import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { DaimonError } from '#daimon/errors.js';
import { closeAll, serve } from '../support/control.js';
import { runDaimon } from '../support/program.js';

afterEach(closeAll);

it('daimon swap has the running daemon load a model, and says so once it is ready', async () => {
  const heard: PlayerRequest[] = [];
  let ready = false;
  const onRequest = async (request: PlayerRequest): Promise<void> => {
    heard.push(request);
    await new Promise((resolve) => setImmediate(resolve));
    ready = true;
  };
  const { url } = await serve({ onRequest });
  const { code, stdout } = await runDaimon('swap', 'folk', '--ws-port', new URL(url).port);
  assert.equal(code, 0);
  assert.ok(ready);
  assert.match(stdout, /^folk is loaded, [^\n]+\.\n$/);
  assert.deepEqual(heard, [{ kind: 'model', id: 1, name: 'folk' }]);
});

it('daimon swap passes on why a model can not play', async () => {
  const onRequest = () => Promise.reject(new DaimonError('model', 'There is no model "flok".'));
  const { url } = await serve({ onRequest });
  const { code, stderr } = await runDaimon('swap', 'flok', '--ws-port', new URL(url).port);
  assert.deepEqual([code, stderr], [1, 'daimon: There is no model "flok".\n']);
});
