import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rehearse } from '#daimon/daemon/rehearsal.js';
import { Bench, engine } from './bench.js';

it('the music is rehearsed from where it stands, and nobody hears of it', async () => {
  const bench = new Bench('host');
  await bench.player.ready();
  bench.since();
  const before = structuredClone(bench.player.conductor);
  assert.ok(rehearse({ conductor: bench.player.conductor, engineOf: () => engine }) > 10);
  assert.deepEqual(bench.player.conductor, before);
  assert.deepEqual(bench.since(), []);
  assert.deepEqual([...bench.said, ...bench.moves], []);
});
