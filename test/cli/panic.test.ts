import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { closeAll, serve } from '../support/control.js';
import { runDaimon } from '../support/program.js';

afterEach(closeAll);

it('daimon panic has the running daemon end every note, and says so', async () => {
  const heard: PlayerRequest[] = [];
  const { url } = await serve({ onRequest: (request) => heard.push(request) });
  const { code, stdout } = await runDaimon('panic', '--ws-port', new URL(url).port);
  assert.equal(code, 0);
  assert.match(stdout, /^Every note is ended[^\n]+\.\n$/);
  assert.deepEqual(heard, [{ kind: 'panic', id: 1 }]);
});

it('where no daimon answers, daimon panic says so, and ends with status 1', async () => {
  const server = await serve();
  await server.close();
  const { code, stdout, stderr } = await runDaimon('panic', '--ws-port', new URL(server.url).port);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^daimon: No daimon answers on [^\n]+\.\n$/);
});
