import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newDesk } from '#daimon/daemon/desk.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { newTiming } from '#daimon/daemon/timing.js';
import type { Value } from '#daimon/music/parameter.js';
import { preset } from '../transport/stage.js';
import { Bench } from './bench.js';
import { requestStage } from './request-stage.js';

it('what is turned to and fro before the next turn of the loop is told both times, and what stands as it was not', async () => {
  const bench = new Bench('internal');
  await bench.player.ready();
  const shelf = newShelf({ presets: [preset], own: new Set() }, { onChanged: () => {}, write: async () => {} });
  const stage = requestStage(bench, { shelf });
  const show = { ...stage, timing: newTiming(), out: { port: null }, input: { port: null } };
  const told: (Value | undefined)[] = [];
  const desk = newDesk(stage, show, ['test'], ({ values }) => told.push(values.swing));
  desk.tellTurned();
  for (const swing of [60, 60, 50]) desk.onRequest({ kind: 'set', values: { swing } });
  desk.tellTurned();
  assert.deepEqual(told, [50, 60, 50]);
});
